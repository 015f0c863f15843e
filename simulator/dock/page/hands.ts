import { createContext, use } from 'react';
import type { DockCommand } from '../contract.ts';

type Command = (command: DockCommand) => void;

/** Hands every part of the page what it needs to do something to the world. */
export const Hands = createContext<Command>(() => undefined);

export function useHands(): Command {
  return use(Hands);
}
