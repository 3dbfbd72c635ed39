package io.jenkins.plugins.shera.harness.pages;

import hudson.model.ParameterValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code input/<id>/submit}: the answer of the form on the build page. */
public final class InputPages {
    private final InputStepExecution input;

    InputPages(InputStepExecution input) {
        this.input = input;
    }

    /** Goes on when the button {@code proceed} was pressed, else stops; then back to the build. */
    @POST
    public HttpResponse doSubmit(StaplerRequest2 request) throws IOException, InterruptedException {
        String build = request.getContextPath() + "/" + input.getRun().getUrl();
        if (request.getParameter("proceed") == null) {
            input.doAbort();
            return HttpResponses.redirectTo(build);
        }
        input.preSubmissionCheck();
        Map<String, Object> values = new LinkedHashMap<>();
        for (ParameterValue value : Submission.of(request, input.getInput().getParameters())) {
            values.put(value.getName(), value.getValue());
        }
        input.proceed(values.isEmpty() ? null : values);
        return HttpResponses.redirectTo(build);
    }
}
