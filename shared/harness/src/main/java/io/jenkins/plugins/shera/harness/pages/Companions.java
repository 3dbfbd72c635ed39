package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Actionable;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.kohsuke.stapler.Dispatcher;
import org.kohsuke.stapler.DispatchersFilter;
import org.kohsuke.stapler.FunctionList;
import org.kohsuke.stapler.MetaClass;
import org.kohsuke.stapler.RequestImpl;
import org.kohsuke.stapler.ResponseImpl;

/** Answers for an object what the object itself does not: so the model stays free of pages, and addresses are Jenkins' own. */
public final class Companions implements DispatchersFilter {
    private static final Map<Class<?>, Function<Object, Object>> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put(Jenkins.class, it -> new JenkinsPages((Jenkins) it));
        PAGES.put(ItemGroup.class, it -> new GroupPages((ItemGroup<?>) it));
        PAGES.put(Job.class, it -> new JobPages((Job<?, ?>) it));
        PAGES.put(Run.class, it -> new RunPages((Run<?, ?>) it));
        PAGES.put(Descriptor.class, it -> new DescriptorPages((Descriptor<?>) it));
        PAGES.put(InputStepExecution.class, it -> new InputPages((InputStepExecution) it));
        PAGES.put(Actionable.class, it -> new ActionPages((Actionable) it));
    }

    @Override
    public void applyOn(MetaClass type, FunctionList functions, List<Dispatcher> dispatchers) {
        PAGES.forEach((kind, pages) -> {
            if (kind.isAssignableFrom(type.clazz)) {
                // The host's own answers of the root come first: its getters would answer null, and so 404.
                dispatchers.add(kind == Jenkins.class ? 0 : dispatchers.size(), new Companion(kind, pages));
            }
        });
    }

    private static final class Companion extends Dispatcher {
        private final Class<?> kind;
        private final Function<Object, Object> pages;

        Companion(Class<?> kind, Function<Object, Object> pages) {
            this.kind = kind;
            this.pages = pages;
        }

        @Override
        public boolean dispatch(RequestImpl request, ResponseImpl response, Object node)
                throws IOException, ServletException {
            return request.tokens.hasMore() && request.getStapler().tryInvoke(request, response, pages.apply(node));
        }

        @Override
        public String toString() {
            return "pages of " + kind.getSimpleName();
        }
    }
}
