package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Api;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** What {@code /job/NAME/} answers beside its views: builds by number or name, build, api. */
@ExportedBean(defaultVisibility = 2)
public final class JobPages {
    private static final int RECENT = 20;
    private final Job<?, ?> job;

    JobPages(Job<?, ?> job) {
        this.job = job;
    }

    /** A build by its number or permalink. */
    public Object getDynamic(String token) {
        if (token.matches("[0-9]{1,9}")) {
            return job.getBuildByNumber(Integer.parseInt(token));
        }
        return switch (token) {
            case "lastBuild" -> job.getLastBuild();
            case "lastCompletedBuild" -> job.getLastCompletedBuild();
            case "lastSuccessfulBuild" -> job.getLastSuccessfulBuild();
            case "lastStableBuild" -> job.getLastStableBuild();
            case "lastFailedBuild" -> job.getLastFailedBuild();
            case "lastUnsuccessfulBuild" -> job.getLastUnsuccessfulBuild();
            default -> null;
        };
    }

    /** Puts a build into the queue; a job that has the property of parameters, even with none in it, wants Jenkins' form. */
    @POST
    public HttpResponse doBuild(StaplerRequest2 request) throws IOException, ServletException {
        job.checkPermission(Item.BUILD);
        ParametersDefinitionProperty asked = job.getProperty(ParametersDefinitionProperty.class);
        if (asked != null && request.getParameter("json") == null) {
            throw HttpResponses.error(400, "Nothing is submitted");
        }
        return start(request, asked == null ? null : Submission.of(request, asked));
    }

    /** The same with the parameters of the request. */
    @POST
    public HttpResponse doBuildWithParameters(StaplerRequest2 request) throws IOException, ServletException {
        job.checkPermission(Item.BUILD);
        ParametersDefinitionProperty asked = job.getProperty(ParametersDefinitionProperty.class);
        if (asked == null) {
            throw HttpResponses.error(400, "This job has no parameters; use build");
        }
        return start(request, Submission.of(request, asked));
    }

    private HttpResponse start(StaplerRequest2 request, List<ParameterValue> values) {
        if (!job.isBuildable()) {
            throw HttpResponses.error(409, job.getFullName() + " cannot be built now");
        }
        CauseAction cause = new CauseAction(new Cause.UserIdCause());
        boolean queued = (values == null
                        ? ParameterizedJobMixIn.scheduleBuild2(job, 0, cause)
                        : ParameterizedJobMixIn.scheduleBuild2(job, 0, cause, new ParametersAction(values)))
                != null;
        if (!queued) {
            throw HttpResponses.error(409, job.getFullName() + " was not taken into the queue");
        }
        String back = request.getContextPath() + "/" + job.getUrl();
        return (req, rsp, node) -> {
            boolean page = String.valueOf(req.getHeader("Accept")).contains("text/html");
            rsp.setHeader("Location", back);
            rsp.setStatus(page ? 302 : 201);
        };
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported(visibility = 9)
    public String getName() {
        return job.getName();
    }

    @Exported
    public String getFullName() {
        return job.getFullName();
    }

    @Exported
    public String getDisplayName() {
        return job.getDisplayName();
    }

    @Exported
    public String getDescription() {
        return job.getDescription();
    }

    @Exported(visibility = 9)
    public String getUrl() {
        return Exports.address(job.getUrl());
    }

    @Exported(visibility = 9)
    public String getColor() {
        return job.getIconColor().toString();
    }

    @Exported
    public boolean isBuildable() {
        return job.isBuildable();
    }

    @Exported
    public boolean isInQueue() {
        return job.isInQueue();
    }

    @Exported
    public int getNextBuildNumber() {
        return job.getNextBuildNumber();
    }

    @Exported
    public RunPages getLastBuild() {
        return Exports.of((Run<?, ?>) job.getLastBuild());
    }

    @Exported
    public RunPages getLastCompletedBuild() {
        return Exports.of((Run<?, ?>) job.getLastCompletedBuild());
    }

    @Exported
    public RunPages getLastSuccessfulBuild() {
        return Exports.of((Run<?, ?>) job.getLastSuccessfulBuild());
    }

    @Exported
    public RunPages getLastFailedBuild() {
        return Exports.of((Run<?, ?>) job.getLastFailedBuild());
    }

    /** The newest, at most 20. */
    @Exported
    public List<RunPages> getBuilds() {
        List<RunPages> builds = new ArrayList<>();
        for (Run<?, ?> run : job.getBuilds()) {
            if (builds.size() == RECENT) {
                break;
            }
            builds.add(new RunPages(run));
        }
        return builds;
    }

    static List<ParameterDefinition> parametersOf(Job<?, ?> job) {
        ParametersDefinitionProperty asked = job.getProperty(ParametersDefinitionProperty.class);
        return asked == null ? List.of() : asked.getParameterDefinitions();
    }
}
