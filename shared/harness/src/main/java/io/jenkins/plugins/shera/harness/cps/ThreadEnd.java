package io.jenkins.plugins.shera.harness.cps;

import com.cloudbees.groovy.cps.Outcome;
import java.io.Serializable;

/** Told once, on the program's lane, when a thread of the program has ended; saved with the program. */
public interface ThreadEnd extends Serializable {
    /** The value or the exception the thread ended with. */
    void ended(ProgramThread thread, Outcome outcome);
}
