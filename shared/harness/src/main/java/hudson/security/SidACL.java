package hudson.security;

/** An ACL that asks for the names a user goes by; the harness uses it as a base only. */
public abstract class SidACL extends ACL {}
