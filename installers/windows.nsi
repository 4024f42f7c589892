; The setup program for Windows, made on Windows or Linux after "make bundle":
;   makensis -DVERSION=0.1.0 installers/windows.nsi
; Installs for the person who starts it, without an administrator. The clinic's file is kept elsewhere
; (in the person's data folder) and is touched neither by an update nor by removing the program.
;
; Tried: the script compiles with NSIS 3.08 on Debian. Not yet tried: a setup with Windows files in it.

!ifndef VERSION
  !error "Say which version: makensis -DVERSION=0.1.0 installers/windows.nsi"
!endif
!ifndef BUNDLE
  !define BUNDLE "..\build\dist\CoCM Desktop"
!endif
!define NAME "CoCM Desktop"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\CoCM Desktop"

Target amd64-unicode
SetCompressor /SOLID lzma
Name "${NAME}"
OutFile "..\build\dist\CoCM-Desktop-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
RequestExecutionLevel user
ManifestDPIAware true
ShowInstDetails nevershow
Icon "..\build\icons\cocm.ico"
UninstallIcon "..\build\icons\cocm.ico"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  ; An older version's libraries must not stay beside the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${NAME}.exe"
  Delete "$INSTDIR\cocm.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"  ; only if nobody put anything else there
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
