import { type EscposProfileName, escposProfiles } from '../hardware/printer/escpos/profile.ts';
import type { ModelName } from '../simulator/devices/printer/models.ts';

/** Which simulated printer each profile is made for. */
export const simulatedModelOf: Readonly<Record<EscposProfileName, ModelName>> = {
  'epson-tm-t88vi': 'epson-tm-t88vi',
  'epson-tm-m30': 'epson-tm-m30',
  'custom-vkp80iii': 'custom-vkp80iii',
  'generic-raster': 'generic',
};

export const printerProfileNames = Object.keys(escposProfiles);

/** The profile that `--printer` names. */
export function printerNamed(name: string): EscposProfileName {
  if (isProfileName(name)) return name;
  console.error(`--printer: no profile "${name}"; known: ${printerProfileNames.join(', ')}`);
  process.exit(2);
}

function isProfileName(name: string): name is EscposProfileName {
  return Object.hasOwn(escposProfiles, name);
}
