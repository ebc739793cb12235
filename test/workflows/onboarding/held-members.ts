import type { Suite } from '../suite.ts';

/**
 * The start of the next members is on its way to Temporal until it is released: what is sent meanwhile reaches the customer's run before it
 * hears that they have started.
 */
export function holdMembersStart({ temporal }: Suite): { entered: Promise<void>; release: () => Promise<void> } {
  const codec = temporal.client.options.loadedDataConverter.payloadCodecs[0]!;
  const encode = codec.encode.bind(codec);
  let enter = (): void => {};
  const entered = new Promise<void>((resolve) => (enter = resolve));
  let go = (): void => {};
  const released = new Promise<void>((resolve) => (go = resolve));
  codec.encode = async (payloads, context) => {
    if (context?.workflowId?.includes('.member.')) {
      enter();
      await released;
    }
    return encode(payloads, context);
  };
  return {
    entered,
    release: async () => {
      // Until what was sent has reached the server, which cannot be seen from outside.
      await new Promise((resolve) => setTimeout(resolve, 500));
      codec.encode = encode;
      go();
    },
  };
}
