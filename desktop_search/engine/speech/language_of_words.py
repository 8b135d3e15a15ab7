"""Which language words are in, by the commonest words of the European languages that Parakeet knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

# Words that are frequent in one language and rare in the others.
_COMMON = {
    "bg": "и на не да се за от са който това като ще беше няма може аз той ние сме",
    "cs": "se na že je si ale jako jsem jsou byl která když není také protože už jsme tady něco",
    "da": "og det ikke jeg er som til en at har hvad vi af på være meget også noget skal der",
    "de": "und der die das nicht ist ich ein wir sie mit auch auf sich für haben eine aber wenn noch",
    "el": "και το να είναι που δεν θα για με από τα την στο μας αυτό ένα της οι σας εδώ",
    "en": "the and of to is you that it was for are this with have not they what we but there",
    "es": "que el los las una por con para como pero más este muy cuando está son hay también porque nos",
    "et": "ja on ei see et ma ka oli kui siis nii mis või aga väga seda olen meie need veel",
    "fi": "ja on ei se että hän olen mutta niin kun minä sen kanssa ovat tämä oli vain myös joka mitä",
    "fr": "les des est une dans que pas pour vous nous avec sur mais cette être sont très elle avoir aussi",
    "hr": "je da se što nije sam ali kako bio samo smo iz ili kad sve ovo već još gdje nego",
    "hu": "és hogy nem egy az van volt csak mint meg már lesz nagyon vagy ezt azt itt most ami amit",
    "it": "che di il non per una sono con del della come anche questo più ma gli nel perché molto essere",
    "lt": "ir kad tai yra su bet kaip iš jis buvo mes apie labai dar jau šis nuo čia kas arba",
    "lv": "un ir ka ar bet tas no kā par viņš mēs ļoti bija vai šis jau tikai kas nav uz",
    "mt": "li ta hija hu ma kien biex dan din tal fuq huma kif jew għal minn jien mhux iżda aħna",
    "nl": "het een van niet dat en ik je zijn maar met voor ook hij op wat heeft naar nog wij",
    "pl": "nie się jest że na to jak ale tak był przez już tylko jestem bardzo może które tego czy tutaj",
    "pt": "que não uma para com você mais como mas isso ele muito está são também foi nós quando tem ela",
    "ro": "și nu este că pentru mai din sunt care cu dar așa acest fost foarte ce este când noi o",
    "ru": "и не что на я он как это но все она так его мы вы был было уже если очень",
    "sk": "sa na že je som ale ako nie sú bol ktorá keď už tiež pretože sme tu niečo ktorý iba",
    "sl": "je in da se ne pa na sem ki so kot ali tudi bil samo smo kaj tega še zelo",
    "sv": "och det att inte jag är som en på för har med av vi den till men om ett mycket",
    "uk": "і не що на я він як це але всі вона так його ми ви був було вже якщо дуже",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _COMMON.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 8  # words, below which nothing is said
_SHARE = 0.15  # of the words must be common ones
_CLEAR = 1.5  # times the next language


def language_of(texts: Iterable[str]) -> str:
    """The code of the language ("en"), or "" where it is not clear."""
    votes: defaultdict[str, float] = defaultdict(float)
    count = 0
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            count += 1
            languages = _LANGUAGES_OF.get(word, ())
            for language in languages:
                votes[language] += 1 / len(languages)
    ranked = sorted(((most, language) for language, most in votes.items()), reverse=True)
    (most, best), (next_most, _) = [*ranked, (0.0, ""), (0.0, "")][:2]
    return best if count >= _FEWEST and most >= _SHARE * count and most >= _CLEAR * next_most else ""
