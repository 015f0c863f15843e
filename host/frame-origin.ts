/**
 * The page that may show the screen in a frame: the one a simulated terminal was started beside, on this machine. A real
 * terminal's screen stands in nobody's frame, whatever its environment says.
 */
export function frameOrigin(isSimulated: boolean, wanted: string | undefined): string | undefined {
  const isThisMachine = wanted !== undefined && /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(wanted);
  return isSimulated && isThisMachine ? wanted : undefined;
}
