"""The language of a transcript, told by its words."""

from __future__ import annotations

import pytest

from desktop_search.engine.speech.language_of_words import language_of

SPOKEN = {
    "bg": (
        "Лодката напуска пристанището при залез и ние гледаме от брега",
        "Това не е просто, но може да се види.",
    ),
    "cs": (
        "Loď opouští přístav při západu slunce a my se díváme ze břehu",
        "Není to jednoduché, ale je to krásné, protože už jsme tady.",
    ),
    "da": (
        "Båden forlader havnen ved solnedgang, og vi ser på fra kysten",
        "Det er ikke let, men jeg har noget at sige.",
    ),
    "de": (
        "Das Boot verlässt bei Sonnenuntergang den Hafen und wir sehen vom Ufer aus zu",
        "Es ist nicht einfach, aber schön.",
    ),
    "el": (
        "Το σκάφος φεύγει από το λιμάνι και εμείς κοιτάμε από την ακτή",
        "Δεν είναι εύκολο, αλλά αυτό θα γίνει.",
    ),
    "en": (
        "The boat is leaving the harbour at sunset and we are watching it from the shore",
        "It was not easy, but there you have it.",
    ),
    "es": (
        "El barco sale del puerto al atardecer y lo vemos desde la orilla",
        "No es fácil, pero hay que hacerlo porque está muy bonito.",
    ),
    "et": (
        "Paat lahkub sadamast päikeseloojangul ja me vaatame seda kaldalt",
        "See ei ole lihtne, aga väga ilus, kui ma siin olen.",
    ),
    "fi": (
        "Vene lähtee satamasta auringonlaskun aikaan ja me katsomme rannalta",
        "Se ei ole helppoa, mutta niin se vain on, kun minä olen täällä.",
    ),
    "fr": (
        "Le bateau quitte le port au coucher du soleil et nous le regardons depuis la rive",
        "Ce n'est pas facile, mais elle est très belle avec les voiles.",
    ),
    "hr": (
        "Brod napušta luku u zalasku sunca, a mi gledamo s obale",
        "Nije lako, ali smo sve vidjeli i što je bilo, kako da kažem.",
    ),
    "hu": (
        "A hajó napnyugtakor elhagyja a kikötőt, és mi a partról nézzük",
        "Nem könnyű, de nagyon szép, hogy itt van egy ilyen.",
    ),
    "it": (
        "La barca lascia il porto al tramonto e noi la guardiamo dalla riva",
        "Non è facile, ma è molto bello che sono qui con gli amici.",
    ),
    "lt": (
        "Laivas išplaukia iš uosto saulėlydžio metu ir mes žiūrime nuo kranto",
        "Tai yra nelengva, bet labai gražu, kad jis buvo čia.",
    ),
    "lv": (
        "Laiva atstāj ostu saulrietā, un mēs skatāmies no krasta",
        "Tas nav viegli, bet ir ļoti skaisti, ka viņš bija šeit.",
    ),
    "mt": (
        "Id-dgħajsa titlaq mill-port fi nżul ix-xemx u aħna qed inħarsu",
        "Dan mhux faċli, iżda hija ħaġa li kien għal kulħadd, kif jien ngħid.",
    ),
    "nl": (
        "De boot verlaat de haven bij zonsondergang en wij kijken vanaf de kant",
        "Het is niet makkelijk, maar ik heb een goed gevoel voor wat er is.",
    ),
    "pl": (
        "Łódź opuszcza port o zachodzie słońca i my patrzymy z brzegu",
        "To nie jest łatwe, ale bardzo ładne, tak że się cieszę.",
    ),
    "pt": (
        "O barco deixa o porto ao pôr do sol e nós olhamos da margem",
        "Não é fácil, mas isso é muito bonito quando você está com ela.",
    ),
    "ro": (
        "Barca pleacă din port la apus și noi privim de pe mal",
        "Nu este ușor, dar este foarte frumos pentru că sunt aici.",
    ),
    "ru": (
        "Лодка покидает гавань на закате, и мы смотрим с берега",
        "Это не просто, но очень красиво, что он был здесь.",
    ),
    "sk": (
        "Loď opúšťa prístav pri západe slnka a my sa pozeráme z brehu",
        "Nie je to ľahké, ale už sme tu a som rád, že je to tak.",
    ),
    "sl": (
        "Ladja zapušča pristanišče ob sončnem zahodu in mi gledamo z obale",
        "Ni lahko, pa vendar so tudi zelo lepe stvari, ki jih je treba videti.",
    ),
    "sv": (
        "Båten lämnar hamnen vid solnedgången och vi tittar på från stranden",
        "Det är inte lätt, men jag har ett leende och det är mycket vackert.",
    ),
    "uk": (
        "Човен залишає гавань на заході сонця, і ми дивимося з берега",
        "Це не просто, але дуже гарно, що він був тут.",
    ),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_each_language_is_told_from_the_others(language: str) -> None:
    assert language_of(SPOKEN[language]) == language


def test_what_is_short_or_strange_is_not_told() -> None:
    assert language_of([]) == ""
    assert language_of(["The boat, the harbour."]) == ""
    assert language_of(["boat harbour sunset lighthouse meadow red ball green field"]) == ""
