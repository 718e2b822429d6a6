@echo off
rem The command line of a packaged Waggle: the apps own executable, run as Node, runs the bundled file.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\waggle.exe" "%~dp0..\app.asar\out\cli\waggle.js" %*
exit /b %errorlevel%
