export type EncryptionCode =
  /** No key, or a key that cannot be used: nothing was started. */
  | 'KeyMissing'
  | 'KeyInvalid'
  /** The payload was written with a key that this ring does not have. */
  | 'KeyUnknown'
  /** In clear: not written by this product. */
  | 'PayloadNotSealed'
  /** Altered, cut, or written with another key under the same id. */
  | 'PayloadNotAuthentic'
  /** The payload belongs to another workflow id than the one it was found in. */
  | 'PayloadOfOtherWorkflow'
  /** The payload belongs to another call of the run, or to the run itself. */
  | 'PayloadOfOtherCall';

/** Texts are fixed sentences: no content, no key material. */
export class EncryptionError extends Error {
  readonly code: EncryptionCode;

  constructor(code: EncryptionCode, message: string) {
    super(message);
    // The SDK makes it the failure type of an activity, which is what the Temporal UI shows.
    this.name = code;
    this.code = code;
  }
}
