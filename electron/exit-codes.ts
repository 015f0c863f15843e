/** How the shell ends when another one holds this machine's screen (after sysexits.h). */
export const alreadyRunningExitCode = 75;
