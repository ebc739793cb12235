/**
 * Every problem the gateway answers with, once: status, title, and the fixed sentence that says what to do. The name is part of
 * `type`, so it never changes its meaning.
 */
export const PROBLEMS = {
  'invalid-request': [400, 'The request breaks a rule', 'Correct what "errors" lists; nothing was done.'],
  'malformed-body': [400, 'The body cannot be read', 'Send one JSON document, whole and in UTF-8.'],
  'malformed-request': [400, 'The request is no HTTP request', 'Correct address and headers.'],
  unauthorized: [401, 'No valid token', 'Send the header "Authorization: Bearer" with a token of this gateway.'],
  'signature-invalid': [
    401,
    'The signature does not hold',
    'Sign timestamp, ".", the sender as the address names it, "." and body with HMAC-SHA-256, and send "X-Webhook-Timestamp" (seconds, not older than five minutes) and "X-Webhook-Signature" (hex or base64).',
  ],
  'scope-missing': [403, 'The token may not do this', 'Use a token that has the scope which "scope" names.'],
  'provider-not-allowed': [
    403,
    'The token is for other providers',
    'Name a provider that the token is limited to, in the path, the query or the body; or use another token.',
  ],
  'origin-not-allowed': [
    403,
    'This web page may not call',
    'Call from a backend; a Temporal UI is let in by CODEC_UI_ORIGINS.',
  ],
  'not-found': [404, 'No such address', 'See /docs for those there are.'],
  'onboarding-not-found': [
    404,
    'No such run',
    'Check provider, reference and what else names it; a run that ended long ago has left with its retention.',
  ],
  'method-not-allowed': [405, 'The address does not take this method', 'Use one that the header "Allow" names.'],
  'request-timeout': [408, 'The request came too slowly', 'Send it whole and at once.'],
  'reference-conflict': [
    409,
    'The reference is taken by another request',
    'Use another reference, or send the first request again to get its run.',
  ],
  'customer-offboarded': [
    409,
    'The customer of this reference was offboarded',
    'A repeated request must not bring the account back. Use another reference for a customer who returns.',
  ],
  'event-conflict': [409, 'Another event has this id', 'Send each event under an id of its own; the first one counts.'],
  'account-busy': [409, 'Another run of the account is under way', 'Wait for its end or cancel it, then ask again.'],
  'confirmation-needed': [
    409,
    'A second person must confirm so many at once',
    'Nothing was done. Let somebody with another token send the same within a day, with "confirm" from this answer.',
  ],
  'onboarding-ended': [409, 'The run has ended', 'It takes no more messages; read its result.'],
  'onboarding-cancelled': [
    409,
    'The run was cancelled and undone',
    'It has no result; start it anew if that was a mistake.',
  ],
  'onboarding-failed': [
    409,
    'The run failed',
    'It has no result; "failure" says why, and "remainder" what is left at the provider.',
  ],
  'run-stuck': [
    503,
    'The run does not go on',
    'Its workflow tasks keep failing; a worker with a version that can go on must be started, or the run reset.',
  ],
  'report-not-current': [
    409,
    'Not the current report',
    'The comparison is under way, its report is another one than "startedAt" names, or it is too old to act on; compare again, read the report, and name that one.',
  ],
  'message-refused': [409, 'The run refused the message', 'The run refused the message.'],
  'body-too-large': [413, 'The body is too large', 'Send less at once.'],
  'unsupported-media-type': [
    415,
    'Not this content type',
    'Send JSON, with the header "Content-Type: application/json".',
  ],
  'payload-not-readable': [
    422,
    'A payload does not open',
    'It was altered, or its key is not in ONBOARDING_KEYS; "reason" says which.',
  ],
  'rate-limited': [429, 'Too many requests', 'Try again after the seconds that "Retry-After" names.'],
  'too-many-streams': [
    429,
    'Too many event streams',
    'Close some of this caller; each of them costs Temporal a look per second.',
  ],
  'headers-too-large': [431, 'The headers are too large', 'Send fewer or shorter ones.'],
  internal: [500, 'An error of the gateway', 'Its log has the reason, under the id that "instance" names.'],
  'key-mismatch': [500, 'The run was written with another key', 'Add the key to the ONBOARDING_KEYS of the gateway.'],
  'temporal-unavailable': [
    503,
    'Temporal is not reachable',
    // A call may have arrived, and only the way back was cut.
    'Try again; the call may or may not have had its effect and can be repeated.',
  ],
  'worker-unavailable': [
    503,
    'No worker answers',
    'The run is kept and goes on when a worker is back. Try again; a message may or may not have arrived and can be sent again.',
  ],
  'too-many-deliveries': [
    503,
    'Too many events wait for their run',
    'The account of this event is not known here, and so many others are looked for already; send it again after the seconds that "Retry-After" names.',
  ],
  'not-ready': [
    503,
    'The gateway is not set up',
    'Its access to Temporal, the namespace or a search attribute is missing; "onboard doctor" says which.',
  ],
  'deadline-exceeded': [
    504,
    'Temporal did not answer in time',
    'Try again; the call may or may not have had its effect and can be repeated.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

export type ProblemName = keyof typeof PROBLEMS;

export const PROBLEM_NAMES = Object.keys(PROBLEMS).filter((name): name is ProblemName => name in PROBLEMS);

/** Seconds after which a caller tries again what failed for now. */
export const RETRY_AFTER: Partial<Record<ProblemName, number>> = {
  'too-many-streams': 5,
  'temporal-unavailable': 5,
  'worker-unavailable': 5,
  'too-many-deliveries': 60,
  'not-ready': 30,
  'deadline-exceeded': 5,
};
