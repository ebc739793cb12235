import type { Caller } from './caller.ts';
import { referenceOf, single } from './requests.ts';
import type { Stage } from './stage.ts';

const PATH = 'over-http';

/** A whole onboarding over HTTP, with everything that can be asked of it and every wrong question. */
export async function askRest({ canaries, customers }: Stage, caller: Caller): Promise<void> {
  const reference = referenceOf(PATH);
  const request = single(canaries, PATH);
  const { email, phone, firstName, lastName } = canaries.person('wrong-http');
  const ssn = canaries.ssn('wrong-http');
  const run = `/v1/onboardings/defentry/${reference}`;
  const start = (body: unknown, path = '/v1/onboardings') => caller.ask('start', 'POST', path, { body });
  const read = (path: string, headers: Record<string, string> = {}) => caller.ask('read', 'GET', path, { headers });
  const operate = (part: string, body: unknown) => caller.ask('operate', 'POST', `${run}/${part}`, { body });

  customers.willing(reference);
  await start(request);
  await start(request);
  await start({ ...request, person: { ...request.person, lastName } });
  for (const part of ['/events', '', '/progress', '/result?wait=30', '/events', '/members/partner/progress']) {
    await read(run + part);
  }
  await caller.ask('start', 'GET', `${run}/eid-link`);

  const person = {
    firstName: [firstName],
    lastName: `${lastName}\n`,
    email: `${email} `,
    phone: `x${phone}`,
    ssn: `#${ssn}`,
  };
  const wrong = { ...request, provider: firstName, kind: lastName, person, [email]: ssn, [ssn]: email };
  await start(wrong);
  await start(`{"person": "${ssn}" ${email}`);
  const headers = { 'content-type': `text/${firstName.length}; ${ssn}` };
  await caller.ask('start', 'POST', '/v1/onboardings', { body: email, headers });
  await start({ onboardings: [wrong, email, { ...request, reference: ssn }] }, '/v1/onboardings/batch');
  for (const part of [email, ssn, phone, `${reference}/members/${ssn}`, `${reference}/${email}`]) {
    await read(`/v1/onboardings/defentry/${encodeURIComponent(part).replaceAll('%2F', '/')}`);
  }
  await read(`/v1/onboardings?provider=${email}&cursor=${ssn}&${ssn}=${encodeURIComponent(phone)}`);
  await read(`/v1/attention?code=${email}&cursor=${ssn}&olderThan=${encodeURIComponent(phone)}`);
  const reconciliation = '/v1/reconciliations/defentry';
  const repair = { startedAt: ssn, dryRun: email, reason: `${email} `.repeat(50), [ssn]: email };
  await caller.ask('operate', 'POST', `${reconciliation}/repair`, { body: repair });
  await caller.ask('operate', 'PUT', `${reconciliation}/schedule`, { body: { every: ssn, policy: { pause: phone } } });
  await start({ eventId: email, at: ssn }, `${run}/email-verified`);
  await start({ code: ssn }, `${run}/confirm-email`);
  await start({ reference: ssn, person: { firstName, lastName, email } }, `${run}/members`);
  await operate('correct', { path: email, value: ssn });
  await operate('correct', { path: 'person.email', value: email });
  await operate('resolve', { step: ssn, action: email });
  await operate('cancel', { by: email, reason: [ssn] });
  await operate('cancel', undefined);
  await read(`/${encodeURIComponent(email)}`, { 'last-event-id': ssn, 'x-request-id': ssn });
  await caller.ask(undefined, 'GET', '/v1/providers', { headers: { authorization: `Bearer ${ssn}` } });
}
