package hudson.model;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Asks for several lines of text. */
public class TextParameterDefinition extends StringParameterDefinition {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public TextParameterDefinition(String name) {
        super(name);
    }

    public TextParameterDefinition(String name, String defaultValue, String description) {
        super(name, defaultValue, description);
    }

    /** Its descriptor. */
    @Extension
    @Symbol({"text", "textParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "Multi-line String Parameter";
        }
    }
}
