export type StartCode = 'ConfigInvalid' | 'ServerUnreachable' | 'NamespaceMissing' | 'SearchAttributesMissing';

/** Why the worker does not start. The text is for the operator: it names the setting, the rule and the remedy, never a value. */
export class StartRefused extends Error {
  readonly code: StartCode;

  constructor(code: StartCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
  }
}
