import type { ServiceModeView } from '../../terminal/contract/service-mode.ts';
import type { Sample } from './sample-screens.ts';

/* What every page of service mode offers, and the screen around it. */

export const leaving = ['staff-back', 'staff-leave'] as const;
export const typing = ['staff-digit', 'staff-delete', 'staff-leave'] as const;

export function sampleOf(name: string, view: ServiceModeView, offers: Sample['offers']): Sample {
  return { name: `service-mode-${name}`, screen: { kind: 'service-mode', page: { ...view } }, offers };
}
