/** Something that is on or off. */

interface SwitchProps {
  id?: string;
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** A native checkbox that says it is a switch: it works with every keyboard and every reader. */
export function Switch({ id, label, hint, isOn, onChange }: SwitchProps) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        id={id}
        checked={isOn}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className="switch__text">
        {label}
        {hint !== undefined && <span className="switch__hint">{hint}</span>}
      </span>
    </label>
  );
}
