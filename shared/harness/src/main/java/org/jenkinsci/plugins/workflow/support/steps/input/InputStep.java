package org.jenkinsci.plugins.workflow.support.steps.input;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** {@code input message: 'Go on?', submitter: 'alice', parameters: [...]}: waits for a person's word. */
public class InputStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String message;
    private String id;
    private String ok;
    private String cancel;
    private String submitter;
    private String submitterParameter;
    private transient List<ParameterDefinition> parameters = new ArrayList<>();
    private String parametersXml;

    @DataBoundConstructor
    public InputStep(String message) {
        this.message = message == null ? "Pipeline has paused and needs your input before proceeding" : message;
    }

    public String getMessage() {
        return message;
    }

    /** Names this question within its build: safe in an address, beginning with a capital. */
    public String getId() {
        return capitalised(id == null ? Util.getDigestOf(message) : id);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @DataBoundSetter
    public void setId(String id) {
        String given = Util.fixEmptyAndTrim(id);
        if (given != null && !given.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException(
                    "InputStep id is required to be URL safe, but the provided id " + given + " is not safe");
        }
        this.id = given;
    }

    public String getOk() {
        return ok == null ? "Proceed" : ok;
    }

    @DataBoundSetter
    public void setOk(String ok) {
        this.ok = Util.fixEmptyAndTrim(ok);
    }

    public String getCancel() {
        return cancel == null ? "Abort" : cancel;
    }

    @DataBoundSetter
    public void setCancel(String cancel) {
        this.cancel = Util.fixEmptyAndTrim(cancel);
    }

    public String getSubmitter() {
        return submitter;
    }

    @DataBoundSetter
    public void setSubmitter(String submitter) {
        this.submitter = Util.fixEmptyAndTrim(submitter);
    }

    public String getSubmitterParameter() {
        return submitterParameter;
    }

    @DataBoundSetter
    public void setSubmitterParameter(String submitterParameter) {
        this.submitterParameter = Util.fixEmptyAndTrim(submitterParameter);
    }

    @SuppressWarnings("unchecked")
    public List<ParameterDefinition> getParameters() {
        if (parameters == null) {
            parameters = parametersXml == null
                    ? new ArrayList<>()
                    : (List<ParameterDefinition>) Jenkins.XSTREAM2.fromXML(parametersXml);
        }
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(List<ParameterDefinition> parameters) {
        this.parameters = new ArrayList<>(parameters);
        this.parametersXml = Jenkins.XSTREAM2.toXML(this.parameters);
    }

    boolean mayBeSubmittedBy(Authentication who, Run<?, ?> run) {
        if (submitter == null) {
            return run.getParent().hasPermission(Item.BUILD);
        }
        Set<String> named = Set.of(submitter.trim().split("\\s*,\\s*"));
        return named.contains(who.getName())
                || who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(named::contains)
                || Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new InputStepExecution(this, context);
    }

    /** Its descriptor. */
    @Extension
    public static class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "input";
        }

        @Override
        public String getDisplayName() {
            return "Wait for interactive input";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
