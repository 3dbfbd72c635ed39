package hudson.model;

/** A parameter given as one text. */
public abstract class SimpleParameterDefinition extends ParameterDefinition {
    private static final long serialVersionUID = 1L;

    protected SimpleParameterDefinition(String name) {
        super(name);
    }

    protected SimpleParameterDefinition(String name, String description) {
        super(name, description);
    }

    /** The value that a text stands for. */
    public abstract ParameterValue createValue(String value);
}
