import * as vscode from "vscode";
import type { PictureColours } from "./poolingPicture";

const DARK: PictureColours = {
  text: "#cccccc",
  line: "#6b6b6b",
  bar: "#3794ff",
  summands: ["#3794ff", "#e2883d", "#4fb286"],
};
const LIGHT: PictureColours = {
  text: "#3b3b3b",
  line: "#9a9a9a",
  bar: "#1a6fc4",
  summands: ["#1a6fc4", "#b65a0c", "#1f7a52"],
};
const BY_KIND: Readonly<Record<vscode.ColorThemeKind, PictureColours>> = {
  [vscode.ColorThemeKind.Dark]: DARK,
  [vscode.ColorThemeKind.Light]: LIGHT,
  [vscode.ColorThemeKind.HighContrast]: {
    text: "#ffffff",
    line: "#ffffff",
    bar: "#5aabff",
    summands: ["#5aabff", "#ffa35c", "#6ee7b0"],
  },
  [vscode.ColorThemeKind.HighContrastLight]: {
    text: "#000000",
    line: "#000000",
    bar: "#0b57a8",
    summands: ["#0b57a8", "#9c4500", "#0f5c3a"],
  },
};

/** Colours that go with the theme in use. */
export function pictureColours(): PictureColours {
  return BY_KIND[vscode.window.activeColorTheme.kind];
}
