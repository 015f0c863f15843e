import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * The options of a command line. Asked with `--help` the command says its usage and ends; one it does not understand is
 * named in one line above the usage, and the exit code is 2.
 */
export function readOptions<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if ((config.args ?? process.argv.slice(2)).includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}
