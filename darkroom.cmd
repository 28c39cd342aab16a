@echo off
rem Starts the darkroom command (src\Cli): darkroom --help. The twin of the script "darkroom", for Windows.
setlocal enableextensions
set "DARKROOM_ROOT=%~dp0"
set "DARKROOM_ROOT=%DARKROOM_ROOT:~0,-1%"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "DOTNET_NOLOGO=1"
set "command=%DARKROOM_ROOT%\src\Cli\bin\command"
where dotnet >nul 2>nul || (echo darkroom: the .NET SDK 10 is missing. Install it: https://dotnet.microsoft.com/download>&2 & exit /b 1)
if exist "%command%\current" goto run

:build
rem A new folder for each build: the old one can be in use. The file "built" has the time at which the build began.
set "new=%RANDOM%%RANDOM%%RANDOM%"
echo darkroom: building the command>&2
mkdir "%command%\%new%" || exit /b 1
type nul >"%command%\%new%\built"
pushd "%DARKROOM_ROOT%"
dotnet build src\Cli\Cli.csproj --configuration Release --output "%command%\%new%" --verbosity quiet >"%command%\%new%.log" 2>&1
if errorlevel 1 (
  popd
  type "%command%\%new%.log" >&2
  echo darkroom: the command could not be built, see above>&2
  exit /b 1
)
popd
>"%command%\current" echo %new%
rem "done" tells the program not to check again: a file with a time in the future would be newer after each build.
set "DARKROOM_REBUILD=done"
rem A folder that is in use cannot be deleted, and stays.
for /d %%d in ("%command%\*") do if not "%%~nxd"=="%new%" rmdir /s /q "%%d" >nul 2>nul

:run
set /p current=<"%command%\current"
dotnet "%command%\%current%\Darkroom.Cli.dll" %*
if %errorlevel%==247 goto build
exit /b %errorlevel%
