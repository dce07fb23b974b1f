/** A client of the SDK that asks nobody. */

/** What a client of the SDK has for that. */
interface Middled {
  readonly middlewareStack: {
    add(
      middleware: (
        next: unknown,
        context: { readonly commandName?: string },
      ) => (args: { readonly input: object }) => Promise<{ output: never; response: unknown }>,
      options: { readonly step: 'initialize' },
    ): void;
  };
}

/** The client with every answer given by `answer`, from a command's name and its input. */
export function answering<C>(
  client: C & Middled,
  answer: (name: string, input: Readonly<Record<string, unknown>>) => object,
): C {
  client.middlewareStack.add(
    (_, { commandName = '' }) =>
      async ({ input }) => ({ output: answer(commandName, { ...input }) as never, response: {} }),
    { step: 'initialize' },
  );
  return client;
}
