import {
  Button,
  Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from "@vscode/webview-ui-toolkit";

// The only script that knows the widget toolkit, which is deprecated: whatever follows it is put in here, and styled by the
// rules that name its elements.

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing());

/** A push button. */
export function button(text: string, appearance: "primary" | "secondary", onClick: () => void): HTMLElement {
  const created = document.createElement("vscode-button");
  if (created instanceof Button) created.appearance = appearance;
  created.textContent = text;
  created.addEventListener("click", onClick);
  return created;
}

/** A choice of one among a few, in their order, `value` at first; `onChoose` gets the value of the one chosen. */
export function dropdown(
  label: string,
  choices: readonly (readonly [value: string, text: string])[],
  value: string,
  onChoose: (value: string) => void,
): HTMLElement {
  const created = document.createElement("vscode-dropdown");
  created.setAttribute("aria-label", label);
  created.append(
    ...choices.map(([key, text]) => {
      const option = document.createElement("vscode-option");
      option.setAttribute("value", key);
      if (key === value) option.setAttribute("selected", "");
      option.textContent = text;
      return option;
    }),
  );
  created.addEventListener("change", () => {
    if (created instanceof Dropdown) onChoose(created.value);
  });
  return created;
}

/** Turns while something is under way. */
export function progressRing(): HTMLElement {
  const created = document.createElement("vscode-progress-ring");
  created.setAttribute("aria-hidden", "true");
  return created;
}
