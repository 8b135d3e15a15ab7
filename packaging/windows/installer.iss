; Makes the installer with Inno Setup 6 from the folder that PyInstaller made. To be run by build-installer.ps1, which gives
; Version, Program (the folder), Icon, Out, HomePage and AppUserModelID, and writes installer-types.iss.

#define Name "Desktop Search"
#define Exe "desktop-search.exe"

[Setup]
; Never changed: by it a new version finds the old one and takes its place.
AppId={{6C0B5E0E-8D0A-4C9B-9E64-2A1B7D1F3C55}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
AppPublisherURL={#HomePage}
VersionInfoVersion={#Version}
; For the user who installs it: no administrator is asked, and nobody else's account is touched.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Program}\_internal\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#Exe}
UninstallDisplayName={#Name}
OutputDir={#Out}
OutputBaseFilename=desktop-search-{#Version}-windows-x64-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; An update in place: a window that is open is asked to close, and is started again afterwards.
CloseApplications=yes
RestartApplications=yes
ChangesAssociations=yes
; SignTool is named on the command line where there is a certificate.
#ifdef Sign
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not would otherwise stay, and Python might load it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Exe}"; AppUserModelID: "{#AppUserModelID}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Exe}"; Tasks: desktopicon; AppUserModelID: "{#AppUserModelID}"

[Registry]
; "Open with", and never the program that footage opens with by itself.
Root: HKA; Subkey: "Software\Classes\DesktopSearch.Footage"; ValueType: string; ValueData: "Footage"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\DesktopSearch.Footage\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Exe},0"
Root: HKA; Subkey: "Software\Classes\DesktopSearch.Footage\shell\open\command"; ValueType: string; ValueData: """{app}\{#Exe}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\{#Exe}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Exe}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Exe}"" ""%1"""
#include "installer-types.iss"

[Run]
Filename: "{app}\{#Exe}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
