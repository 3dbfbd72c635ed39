package jenkins;

/** A Boolean that may be undecided. */
public enum YesNoMaybe {
    YES,
    NO,
    MAYBE
}
