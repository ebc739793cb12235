import { isIdPart, runId, type RunAddress } from '../../contract/ids.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { RequestInvalid } from '../errors.ts';
import { looksPersonal } from '../requests/personal-reference.ts';

/** A run in words (`defentry/customer-42`) and as workflow id. */
export interface Addressed {
  address: string;
  workflowId: string;
}

/** Fails `RequestInvalid` before Temporal is asked. */
export function addressOf(run: RunAddress): Addressed {
  const { provider, reference, member } = run;
  const problems: string[] = [];
  if (!PROVIDERS.some((one) => one === provider)) {
    problems.push(`provider: must be one of ${PROVIDERS.join(', ')}; correct it.`);
  }
  problems.push(...partProblems('reference', reference));
  if (member !== undefined) problems.push(...partProblems('member', member));
  if (problems.length > 0) throw new RequestInvalid(problems);
  return { address: nameOf(run), workflowId: runId(run) };
}

/** As commands take it: `defentry/customer-42`, `defentry/customer-42/partner`, `change/defentry/customer-42`. */
export function nameOf({ type, provider, reference, member }: RunAddress): string {
  const head = type === 'onboarding' ? [] : [type];
  return [...head, provider, reference, ...(member === undefined ? [] : [member])].join('/');
}

/** A look-up travels in the clear, to the server's log and into error texts, so it names nobody either. */
function partProblems(field: string, text: string): string[] {
  if (!isIdPart(text)) return [`${field}: must be 1 to 64 letters, digits, "_" or "-"; correct it.`];
  const personal = looksPersonal(text);
  return personal === undefined ? [] : [`${field}: looks like ${personal}; name the customer by your own key.`];
}
