import type { Screen } from '../../terminal/contract/messages.ts';

/** What a screen of one kind is drawn from. */
export interface ScreenProps<Kind extends Screen['kind']> {
  readonly screen: Extract<Screen, { kind: Kind }>;
}
