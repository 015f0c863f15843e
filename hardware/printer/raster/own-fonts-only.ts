/*
 * Read before the canvas is: it would map every font of the machine into memory (10 MB on a plain Debian). Slips are set
 * in their own letters, and look the same on every machine.
 */
process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1';
