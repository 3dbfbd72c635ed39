package org.jenkinsci.plugins.workflow.support.steps.input;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.SimpleParameterDefinition;
import hudson.model.TaskListener;
import hudson.model.User;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One open question; answered by a page or by calling it. */
public class InputStepExecution extends StepExecution implements ModelObject {
    private static final long serialVersionUID = 1L;

    private final InputStep input;
    private volatile boolean settled;

    InputStepExecution(InputStep input, StepContext context) {
        super(context);
        this.input = input;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getRun();
        if (run.getAction(InputAction.class) == null) {
            run.addAction(new InputAction());
            run.save();
        }
        log(input.getMessage());
        log(input.getParameters().isEmpty() ? input.getOk() + " or " + input.getCancel() : "Input requested");
        return false;
    }

    private void log(String line) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(line);
    }

    boolean isOf(Run<?, ?> run) {
        try {
            return getRun().equals(run);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public String getId() {
        return input.getId();
    }

    public InputStep getInput() {
        return input;
    }

    public Run<?, ?> getRun() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    public boolean isSettled() {
        return settled;
    }

    @Override
    public String getDisplayName() {
        String message = input.getMessage();
        return message.length() < 32 ? message : message.substring(0, 32) + "...";
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        settled = true;
        super.stop(cause);
    }

    /** Answers with values for the parameters, keyed by name; null when there are none. */
    public HttpResponse proceed(Map<String, Object> params) throws IOException, InterruptedException {
        settled = true;
        User user = User.current();
        if (user != null) {
            log("Approved by " + user.getDisplayName());
        }
        boolean single = params != null && params.size() == 1;
        getContext().onSuccess(single ? params.values().iterator().next() : params);
        return HttpResponses.ok();
    }

    /** Answers yes, from a page. */
    @RequirePOST
    public HttpResponse doProceedEmpty() throws IOException, InterruptedException {
        preSubmissionCheck();
        Map<String, Object> values = withSubmitter(new LinkedHashMap<>());
        return proceed(values.isEmpty() ? null : values);
    }

    /** Answers with the parameters of a form. */
    @RequirePOST
    public HttpResponse doProceed(StaplerRequest2 request) throws IOException, ServletException, InterruptedException {
        preSubmissionCheck();
        Map<String, Object> values = new LinkedHashMap<>();
        JSONObject form = request.getSubmittedForm();
        Object given = form.get("parameter");
        JSONArray all = given == null ? new JSONArray() : JSONArray.fromObject(given);
        for (Object one : all) {
            JSONObject parameter = (JSONObject) one;
            SimpleParameterDefinition definition = definition(parameter.getString("name"));
            ParameterValue value = definition.createValue(parameter.optString("value"));
            if (value != null) {
                values.put(definition.getName(), value.getValue());
            }
        }
        withSubmitter(values);
        return proceed(values.isEmpty() ? null : values);
    }

    private SimpleParameterDefinition definition(String name) {
        for (ParameterDefinition definition : input.getParameters()) {
            if (definition.getName().equals(name) && definition instanceof SimpleParameterDefinition simple) {
                return simple;
            }
        }
        throw new Failure("No such parameter definition: " + name);
    }

    private Map<String, Object> withSubmitter(Map<String, Object> values) {
        if (input.getSubmitterParameter() != null) {
            values.put(
                    input.getSubmitterParameter(), Jenkins.getAuthentication2().getName());
        }
        return values;
    }

    /** Answers no. */
    @RequirePOST
    public HttpResponse doAbort() throws IOException, InterruptedException {
        if (settled) {
            throw new Failure("This input has been already given");
        }
        if (!getRun().getParent().hasPermission(Item.CANCEL) && !maySubmit()) {
            throw new Failure("You need to have Job/Cancel permissions to cancel this.");
        }
        settled = true;
        getContext().onFailure(new FlowInterruptedException(Result.ABORTED, true, new Rejection(User.current())));
        return HttpResponses.ok();
    }

    /** Fails unless the current user may answer. */
    public void preSubmissionCheck() throws IOException, InterruptedException {
        if (settled) {
            throw new Failure("This input has been already given");
        }
        if (!maySubmit()) {
            throw new Failure(
                    input.getSubmitter() == null
                            ? "You need to have Job/Build permissions to submit this."
                            : "You need to be " + input.getSubmitter() + " to submit this.");
        }
    }

    private boolean maySubmit() throws IOException, InterruptedException {
        return input.mayBeSubmittedBy(Jenkins.getAuthentication2(), getRun());
    }

    @Override
    public String getStatus() {
        return "waiting for input: " + getDisplayName();
    }
}
