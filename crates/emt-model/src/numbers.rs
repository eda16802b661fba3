//! Integers of values with their units and ranges.

helmwright::integers! {
    /// A TCP port.
    pub struct Port(1..=65535);
    /// Number of pods.
    pub struct Replicas(1..=1000);
    /// Mebibytes.
    pub struct Mebibytes(64..=999_999);
    /// Seconds, 0 included.
    pub struct Seconds(0..=86_400);
    /// Seconds, at least one.
    pub struct PositiveSeconds(1..=86_400);
    /// Window of an autoscaler, as Kubernetes bounds it.
    pub struct StabilizationSeconds(0..=3600);
    /// Period of an autoscaler's policy, as Kubernetes bounds it.
    pub struct ScalingPeriodSeconds(1..=1800);
    /// A number of attempts.
    pub struct Threshold(1..=1000);
    /// A percentage of the request, of which 100 is all, or 0 for "off".
    pub struct OptionalPercentage(0..=1000);
    /// A number of further attempts, 0 included.
    pub struct BackoffLimit(0..=100);
    /// A number of old ReplicaSets.
    pub struct HistoryLimit(0..=100);
    /// A number of pods elsewhere, 0 included.
    pub struct PodCount(0..=1000);
    /// Seconds between usage records, at most an hour.
    pub struct UsageLogInterval(1..=3600);
    /// Numeric id of a user other than root: no pod of the release may run as root.
    pub struct UserId(1..=2_147_483_647);
    /// Numeric id of a group.
    pub struct SystemGroupId(0..=2_147_483_647);
    /// Largest size of a request in MiB; 0 for the controller's own.
    pub struct BodyMebibytes(0..=1_000_000);
    /// Seconds that a cookie lives, at most a week.
    pub struct CookieSeconds(1..=604_800);
    /// Seconds between two health checks of a load balancer.
    pub struct HealthCheckInterval(5..=300);
    /// Seconds that a load balancer waits, at most the 4000 of the AWS load balancer.
    pub struct BalancerSeconds(1..=4000);
}
