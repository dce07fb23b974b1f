/** An update expression with its condition, built attribute by attribute. */

type Path = readonly string[];

/** The parts of an UpdateItem request that the builder writes. */
export interface UpdateExpressions {
  UpdateExpression: string;
  ConditionExpression?: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** Collects what an update sets, removes and expects; every name is a placeholder, so no word is reserved. */
export class UpdateBuilder {
  readonly #names = new Map<string, string>();
  readonly #values: Record<string, unknown> = {};
  readonly #sets: string[] = [];
  readonly #removes: string[] = [];
  readonly #conditions: string[] = [];

  /** Sets an attribute, or an entry of a map that exists. */
  set(path: Path, value: unknown): void {
    this.#sets.push(`${this.#path(path)} = ${this.#value(value)}`);
  }

  /** Adds to a number that exists. */
  add(path: Path, value: number): void {
    const name = this.#path(path);
    this.#sets.push(`${name} = ${name} + ${this.#value(value)}`);
  }

  remove(path: Path): void {
    this.#removes.push(this.#path(path));
  }

  /** Expects a condition of `#path` and, where it names one, `:value`. */
  expect(condition: string, path: Path, value?: unknown): void {
    this.#conditions.push(this.#condition(condition, path, value));
  }

  /** Expects that not all of these hold, each as in `expect`. What names a missing attribute does not hold. */
  expectNotAll(conditions: readonly (readonly [condition: string, path: Path, value: unknown])[]) {
    const all = conditions.map((condition) => this.#condition(...condition)).join(' AND ');
    this.#conditions.push(`NOT (${all})`);
  }

  build(): UpdateExpressions {
    const clauses = [
      this.#sets.length > 0 ? `SET ${this.#sets.join(', ')}` : '',
      this.#removes.length > 0 ? `REMOVE ${this.#removes.join(', ')}` : '',
    ];
    const conditions = this.#conditions.join(' AND ');
    return {
      UpdateExpression: clauses.filter((clause) => clause !== '').join(' '),
      ...(conditions === '' ? {} : { ConditionExpression: conditions }),
      ExpressionAttributeNames: Object.fromEntries(
        [...this.#names].map(([name, placeholder]) => [placeholder, name]),
      ),
      // An empty map is refused by the database.
      ...(Object.keys(this.#values).length > 0
        ? { ExpressionAttributeValues: { ...this.#values } }
        : {}),
    };
  }

  #condition(condition: string, path: Path, value?: unknown): string {
    const named = condition.replace('#path', this.#path(path));
    return value === undefined ? named : named.replace(':value', this.#value(value));
  }

  #path(path: Path): string {
    return path.map((name) => this.#name(name)).join('.');
  }

  #name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const placeholder = `#n${this.#names.size}`;
    this.#names.set(name, placeholder);
    return placeholder;
  }

  #value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.#values).length}`;
    this.#values[placeholder] = value;
    return placeholder;
  }
}
