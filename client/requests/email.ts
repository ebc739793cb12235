import { domainToASCII } from 'node:url';
import type { z } from 'zod';
import { wordsThat } from './rules.ts';

/** RFC 5322 without quotes and comments: `&` and `'` are in people's addresses. */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

export const EMAIL_RULE = 'must be an e-mail address; correct it or leave it out.';

/** Whether mail can be sent there by every provider: ASCII before the "@", a domain as DNS has it behind it. */
export function isEmail(text: string): boolean {
  if (text.length > 254) return false;
  const [local = '', domain = '', ...rest] = text.split('@');
  const labels = domain.split('.');
  const isDomain = labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  return rest.length === 0 && local.length <= 64 && LOCAL.test(local) && isDomain;
}

/** A domain of letters beyond ASCII in its form for DNS (Punycode, RFC 5891), which every provider takes. */
export function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  // eslint-disable-next-line no-control-regex -- all of ASCII
  if (at < 0 || /^[\x00-\x7f]*$/.test(domain) || text.length > 254) return text;
  return `${text.slice(0, at)}@${domainToASCII(domain)}`;
}

/** `must be an e-mail address` by default. */
export function emailField(rule = EMAIL_RULE): z.ZodString {
  return wordsThat(rule, isEmail, withAsciiDomain);
}
