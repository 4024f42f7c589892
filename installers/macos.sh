#!/usr/bin/env bash
# The disk image for macOS, made on a Mac after "make bundle":
#   installers/macos.sh "Developer ID Application: …" notary-profile
# Without arguments the program is signed for this Mac only, which is enough to try it.
#
# Not yet tried: this was written without a Mac at hand.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

identity=${1:--}
notary_profile=${2:-}
application="build/dist/CoCM Desktop.app"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' cocm_desktop/__init__.py)
image="build/dist/CoCM-Desktop-$version.dmg"

timestamp=--timestamp
[[ $identity != - ]] || timestamp=--timestamp=none

[[ -d $application ]] || { echo "There is no $application: run make bundle first." >&2; exit 1; }

# Libraries first, the program last: a signature covers what lies inside.
find "$application" \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 codesign --force $timestamp --options runtime --sign "$identity"
codesign --force $timestamp --options runtime --sign "$identity" "$application"
codesign --verify --strict "$application"

rm -f "$image"
hdiutil create -volname "CoCM Desktop" -srcfolder "$application" -format UDZO "$image"
if [[ -n $notary_profile ]]; then
    xcrun notarytool submit "$image" --keychain-profile "$notary_profile" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
