package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;

/** A closure of a Pipeline script; a type of its own, so that a binding variable that is a closure stays callable. */
public class ProgramClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    /** Called by the transformed script. */
    public ProgramClosure(Object owner, Object thisObject, List<String> parameters, Block body, Env capture) {
        super(owner, thisObject, parameters, body, capture);
    }

    /** Keeps Groovy from sleeping on the spot: the script has a step of that name. */
    public Object sleep(long time) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", time);
    }
}
