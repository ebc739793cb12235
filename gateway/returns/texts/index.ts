import type { Language } from '../language.ts';
import { da } from './da.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { sv } from './sv.ts';
import type { Texts } from './text.ts';

export const TEXTS: Record<Language, Texts> = { en, sv, da, fi, de };
