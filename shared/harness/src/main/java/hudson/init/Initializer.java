package hudson.init;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jvnet.hudson.annotation_indexer.Indexed;

/** A static method that runs during start-up. */
@Indexed
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Initializer {
    /** Runs once this milestone is reached. */
    InitMilestone after() default InitMilestone.STARTED;

    /** Is done before this milestone is reached. */
    InitMilestone before() default InitMilestone.COMPLETED;

    /** Names of other things to wait for. */
    String[] requires() default {};

    /** Names of what is reached when this is done. */
    String[] attains() default {};

    /** What is shown in the log. */
    String displayName() default "";

    /** Whether failure stops Jenkins. */
    boolean fatal() default true;
}
