/** Lets a visitor of the demo choose who this window is. */

interface PersonaOption {
  id: string;
  label: string;
  group?: string | undefined;
}

interface PersonaSwitchProps {
  label: string;
  current: string;
  /** Those with a `group` stand under its name: the closed select shows the label alone. */
  options: readonly PersonaOption[];
  onSelect: (id: string) => void;
}

/** A native select: it works on every device without a word from us. */
export function PersonaSwitch({ label, current, options, onSelect }: PersonaSwitchProps) {
  return (
    <label className="persona">
      <span className="persona__label">{label}</span>
      <select
        value={current}
        onChange={(event) => {
          onSelect(event.target.value);
        }}
      >
        {options.map(({ id, label: name, group }) => {
          const option = (
            <option key={id} value={id}>
              {name}
            </option>
          );
          return group === undefined ? (
            option
          ) : (
            <optgroup key={id} label={group}>
              {option}
            </optgroup>
          );
        })}
      </select>
    </label>
  );
}
