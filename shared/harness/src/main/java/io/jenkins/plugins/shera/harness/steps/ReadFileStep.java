package io.jenkins.plugins.shera.harness.steps;

import hudson.Extension;
import hudson.FilePath;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code readFile 'name'}: the text of a file of the workspace. */
public final class ReadFileStep extends Step {
    private final String file;
    private String encoding;

    @DataBoundConstructor
    public ReadFileStep(String file) {
        this.file = file;
    }

    public String getFile() {
        return file;
    }

    public String getEncoding() {
        return encoding;
    }

    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        String name = file;
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return Work.aside(context, c -> {
            try (java.io.InputStream in = c.get(FilePath.class).child(name).read()) {
                return new String(in.readAllBytes(), charset);
            }
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("readFile", "Read file from workspace", false, FilePath.class);
        }
    }
}
