"""The steps of cleaning, a module for each kind of noise. `docmine.intake.clean` names them in order."""
