"""Long Range Arena at byte level: run the files of this folder as modules, `python -m lra.train`, from the folder above."""
