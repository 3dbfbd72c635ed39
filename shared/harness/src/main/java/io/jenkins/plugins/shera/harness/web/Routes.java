package io.jenkins.plugins.shera.harness.web;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.Function;
import org.kohsuke.stapler.FunctionList;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerOverridable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.lang.FieldRef;

/** Which getters and fields are part of an address: the rules of jenkins.security.stapler.TypedFilter. */
final class Routes implements FunctionList.Filter, FieldRef.Filter {
    private static final String PLAIN = "^get(Dynamic|StaplerFallback|Target)$";
    private final WebMethods methods;
    private final ClassValue<Boolean> routable = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isRoutable(type);
        }
    };

    Routes(WebMethods methods) {
        this.methods = methods;
    }

    @Override
    public boolean keep(Function getter) {
        return !getter.isStatic() && !getter.getName().matches(PLAIN) && accepts(getter.getReturnType());
    }

    @Override
    public boolean keep(FieldRef field) {
        return !field.isStatic() && accepts(field.getReturnType());
    }

    private boolean accepts(Class<?> type) {
        return type.isArray() ? accepts(type.getComponentType()) : routable.get(type);
    }

    private boolean isRoutable(Class<?> type) {
        if (type.isAnnotationPresent(StaplerAccessibleType.class)
                || StaplerProxy.class.isAssignableFrom(type)
                || StaplerFallback.class.isAssignableFrom(type)
                || StaplerOverridable.class.isAssignableFrom(type)
                || Stream.of(type.getMethods()).anyMatch(this::answersRequests)) {
            return true;
        }
        return type.getSuperclass() != null && routable.get(type.getSuperclass())
                || Stream.of(type.getInterfaces()).anyMatch(routable::get);
    }

    private boolean answersRequests(Method method) {
        Function function = new Function.InstanceFunction(method);
        return WebMethods.isMarked(function)
                || WebMethods.speaksHttp(method.getParameterTypes())
                || methods.keep(function);
    }
}
