# Makes the program with libVLC inside, and its installer. To be run on Windows, with Inno Setup 6 installed:
#     $env:VLC_FOLDER = 'C:\Program Files\VideoLAN\VLC'
#     packaging\windows\build-installer.ps1 [-Out dist]
# SIGN_COMMAND, where it is set, is how signtool is called; $f stands for the file.
param([string]$Out = 'dist')
$ErrorActionPreference = 'Stop'
$project = (Resolve-Path "$PSScriptRoot\..\..").Path
$python = if ($env:PYTHON) { $env:PYTHON } else { "$project\.venv\Scripts\python.exe" }
if (-not $env:VLC_FOLDER) { throw 'VLC_FOLDER is the folder of libvlc.dll and its plugins.' }
$Out = (New-Item -ItemType Directory -Force $Out).FullName
$work = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid()))).FullName

function Invoke-Checked { & $args[0] $args[1..($args.Length - 1)]; if ($LASTEXITCODE) { throw "$($args[0]) failed" } }

function Get-Identity($name) { & $python "$project\packaging\making\identity.py" $name; if ($LASTEXITCODE) { throw "no $name" } }

$version = Get-Identity VERSION
$identity = Get-Identity APP_ID
$home_page = Get-Identity HOME_PAGE
Invoke-Checked $python "$project\packaging\making\freeze.py" $work
Invoke-Checked "$work\desktop-search\desktop-search-console.exe" --self-check
Invoke-Checked $python "$project\packaging\windows\write_types.py" "$project\packaging\windows\installer-types.iss"
$arguments = @("/DVersion=$version", "/DProgram=$work\desktop-search", "/DIcon=$work\desktop-search.ico", "/DOut=$Out",
    "/DHomePage=$home_page", "/DAppUserModelID=$identity")
if ($env:SIGN_COMMAND) { $arguments += @('/DSign', "/Ssigntool=$env:SIGN_COMMAND") }
Invoke-Checked 'C:\Program Files (x86)\Inno Setup 6\ISCC.exe' @arguments "$project\packaging\windows\installer.iss"
Remove-Item -Recurse -Force $work
