/*
 * What may not stand on the command line or in the environment of a kiosk. The list is of what is allowed: Chromium and
 * Node know hundreds of switches, and new ones come with every version. In the packaged terminal the fuses refuse the worst
 * of them before this code runs; here every other one ends the start.
 */

export interface StartRequest {
  /** All arguments after the program, and after the application's folder where Electron was given one. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What Node itself was told: `--inspect` and the like. */
  readonly execArgv: readonly string[];
  readonly isInspectorOpen: boolean;
}

export interface StartSettings {
  readonly settingsPath: string;
}

export type StartAnswer =
  | { readonly kind: 'start'; readonly settings: StartSettings }
  | { readonly kind: 'refused'; readonly why: readonly string[] };

const settingsSwitch = '--settings=';

/**
 * They change what Node, Electron, Chromium or the dynamic linker do: NODE_OPTIONS, ELECTRON_RUN_AS_NODE, LD_PRELOAD, a
 * log of all TLS keys. `CHROME_DESKTOP` and the like are set by Electron itself and change nothing here.
 */
const refusedVariable = /^(NODE_|ELECTRON_|LD_|DYLD_|SSLKEYLOGFILE$|CHROME_LOG_FILE$)/i;

export function decideStart(request: StartRequest, defaultSettingsPath: string): StartAnswer {
  const paths = request.args.filter((argument) => argument.startsWith(settingsSwitch));
  const others = request.args.filter((argument) => !argument.startsWith(settingsSwitch));
  const variables = Object.keys(request.environment).filter((name) => refusedVariable.test(name));
  const why = [
    ...others.map((argument) => `argument ${nameOf(argument)}`),
    ...(paths.length > 1 ? [`argument ${settingsSwitch} more than once`] : []),
    ...request.execArgv.map((argument) => `argument ${nameOf(argument)}`),
    ...variables.map((name) => `environment variable ${name}`),
    ...(request.isInspectorOpen ? ['an open inspector'] : []),
  ];
  if (why.length > 0) return { kind: 'refused', why };
  const settingsPath = paths[0]?.slice(settingsSwitch.length) ?? defaultSettingsPath;
  return { kind: 'start', settings: { settingsPath } };
}

/** A value may be anybody's secret, and a deep link anybody's text. */
function nameOf(argument: string): string {
  return argument.startsWith('-') ? (argument.split('=')[0] ?? argument).slice(0, 60) : '(not a switch)';
}
