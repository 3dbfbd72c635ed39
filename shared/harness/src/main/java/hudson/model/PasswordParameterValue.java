package hudson.model;

import hudson.EnvVars;
import hudson.util.Secret;
import java.util.Locale;
import org.kohsuke.stapler.DataBoundConstructor;

/** A secret text. */
public class PasswordParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;
    private final Secret value;

    @DataBoundConstructor
    public PasswordParameterValue(String name, String value) {
        super(name);
        this.value = Secret.fromString(value);
    }

    @Override
    public Secret getValue() {
        return value;
    }

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        env.put(name, Secret.toString(value));
        env.put(name.toUpperCase(Locale.ENGLISH), Secret.toString(value));
    }
}
