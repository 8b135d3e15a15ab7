#!/usr/bin/env bash
# Writes SHA256SUMS for the packages in a folder, and signs it where there is a key:
#     packaging/checksums.sh FOLDER
#
# RELEASE_KEY       the text of a minisign secret key, or
# RELEASE_GPG_KEY   the name of a key in the keyring of gpg.
# A key reaches this script by the environment alone. Of minisign's, a copy exists while it signs, in memory (/dev/shm).
set -eu
umask 077

cd "${1:?is the folder of the packages}"
rm -f SHA256SUMS SHA256SUMS.minisig SHA256SUMS.asc
sums="$(find . -maxdepth 1 -type f ! -name 'SHA256SUMS*' -printf '%f\0' | LC_ALL=C sort -z | xargs -0 -r sha256sum --)"
[ -n "$sums" ] || { echo "There is nothing in $PWD to be signed." >&2; exit 1; }
printf '%s\n' "$sums" >SHA256SUMS
chmod 644 SHA256SUMS

if [ -n "${RELEASE_KEY:-}" ]; then
    held="$(mktemp -p /dev/shm)"
    trap 'rm -f "$held"' EXIT
    printf '%s\n' "$RELEASE_KEY" >"$held"
    unset RELEASE_KEY
    minisign -S -W -s "$held" -m SHA256SUMS -t "Desktop Search" >/dev/null </dev/null
    chmod 644 SHA256SUMS.minisig
elif [ -n "${RELEASE_GPG_KEY:-}" ]; then
    gpg --batch --yes --local-user "$RELEASE_GPG_KEY" --armor --detach-sign --output SHA256SUMS.asc SHA256SUMS
else
    echo "SHA256SUMS is not signed: neither RELEASE_KEY nor RELEASE_GPG_KEY is set." >&2
fi
