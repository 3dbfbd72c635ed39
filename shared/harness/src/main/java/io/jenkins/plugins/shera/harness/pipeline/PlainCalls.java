package io.jenkins.plugins.shera.harness.pipeline;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import groovy.lang.Closure;

/** Runs a closure of a script to its end at once; it must not call steps. */
final class PlainCalls {
    private PlainCalls() {}

    static Object call(Closure<?> body) {
        try {
            return body.call();
        } catch (CpsCallableInvocation invocation) {
            Env env = new FunctionCallEnv(null, Continuation.HALT, null, null);
            Continuable code = new Continuable(invocation.invoke(env, SourceLocation.UNKNOWN, Continuation.HALT));
            Outcome outcome = code.run0(new Outcome(null, null), Continuable.categories);
            if (code.isResumable()) {
                throw new IllegalStateException("No step can be called here: only inside of steps or script");
            }
            Throwable problem = outcome.getAbnormal();
            if (problem instanceof RuntimeException plain) {
                throw plain;
            }
            if (problem != null) {
                throw new IllegalStateException(problem);
            }
            return outcome.getNormal();
        }
    }
}
