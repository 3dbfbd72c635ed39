package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.Function;
import org.kohsuke.stapler.FunctionList;
import org.kohsuke.stapler.Header;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.bind.JavaScriptMethod;
import org.kohsuke.stapler.interceptor.InterceptorAnnotation;
import org.kohsuke.stapler.json.JsonBody;
import org.kohsuke.stapler.json.SubmittedForm;

/** Which {@code doX} methods answer a request: the rules of jenkins.security.stapler.DoActionFilter. */
final class WebMethods implements FunctionList.Filter {
    private static final Pattern NAME = Pattern.compile("^do[^a-z].*");
    private static final Set<Class<?>> PARAMETERS =
            Set.of(StaplerRequest2.class, HttpServletRequest.class, StaplerResponse2.class, HttpServletResponse.class);
    private static final Set<Class<?>> PARAMETER_ANNOTATIONS =
            Set.of(QueryParameter.class, AncestorInPath.class, Header.class, JsonBody.class, SubmittedForm.class);

    @Override
    public boolean keep(Function method) {
        return !method.getName().equals("doDynamic")
                && (isMarked(method)
                        || NAME.matcher(method.getName()).matches()
                                && (speaksHttp(method.getParameterTypes()) || answers(method)));
    }

    /** Annotated as a web method, or one of its parameters is filled from the request. */
    static boolean isMarked(Function method) {
        return Stream.of(method.getAnnotations()).anyMatch(WebMethods::isWebAnnotation)
                || Stream.of(method.getParameterAnnotations())
                        .flatMap(Stream::of)
                        .anyMatch(a -> PARAMETER_ANNOTATIONS.contains(a.annotationType()));
    }

    static boolean speaksHttp(Class<?>... parameterTypes) {
        return Stream.of(parameterTypes).anyMatch(PARAMETERS::contains);
    }

    private static boolean isWebAnnotation(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return type == WebMethod.class
                || type == JavaScriptMethod.class
                || type.isAnnotationPresent(InterceptorAnnotation.class);
    }

    private static boolean answers(Function method) {
        return HttpResponse.class.isAssignableFrom(method.getReturnType())
                || Stream.of(method.getCheckedExceptionTypes()).anyMatch(HttpResponse.class::isAssignableFrom);
    }
}
