/** Lets a visitor of the demo choose who this window is. */

interface PersonaSwitchProps {
  label: string;
  current: string;
  options: readonly { id: string; label: string }[];
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
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
