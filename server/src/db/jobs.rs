//! Durable work. Whoever holds the lease of a job runs it; a lease that was not renewed ends, and another process takes over.

use super::Db;
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{JobId, TenantId},
};

/// A job that was claimed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Job {
    /// Its identifier.
    pub id: JobId,
    /// Whose it is; the installation's own when `None`.
    pub tenant_id: Option<TenantId>,
    /// What is to be done.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was begun since it was asked for, this time included. With the lease it names one run: a later run of the
    /// same process does not pass for this one.
    pub attempts: i64,
    /// Since when it was due, Unix milliseconds. Another value later means that it was asked for anew meanwhile.
    pub run_at: i64,
}

/// A job to be done.
#[derive(Debug)]
pub struct NewJob<'a> {
    /// Its identifier, should there be no unfinished one of this kind and subject.
    pub id: &'a JobId,
    /// Whose it is; the installation's own when `None`.
    pub tenant_id: Option<&'a TenantId>,
    /// What is to be done.
    pub kind: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Not before this moment.
    pub run_at: Timestamp,
}

/// A job that ended as dead.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DeadJob {
    /// Its identifier.
    pub id: JobId,
    /// Whose it is; the installation's own when `None`.
    pub tenant_id: Option<TenantId>,
    /// What was to be done.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was tried.
    pub attempts: i64,
    /// JSON of an explanation of the last failure.
    pub problem: Option<String>,
    /// When it was given up, Unix milliseconds.
    pub finished_at: Option<i64>,
}

pub(super) const ASK: &str =
    "INSERT INTO jobs (id, tenant_id, kind, subject, payload, state, attempts, run_at, created_at)
    VALUES ($1, $2, $3, $4, '{}', 'ready', 0, $5, $6)
    ON CONFLICT (kind, subject) WHERE state IN ('ready', 'running') DO UPDATE SET
        run_at = CASE WHEN jobs.state = 'running' THEN jobs.run_at - 1
            WHEN jobs.run_at > excluded.run_at THEN excluded.run_at ELSE jobs.run_at END,
        attempts = CASE WHEN jobs.state = 'running' THEN jobs.attempts ELSE 0 END";

/// Asks for a job by any connection `$to`, as [`insert_across_tenants`] does. Within a transaction the job is there exactly
/// when the change is that it follows from.
macro_rules! ask_job {
    ($to:expr, $job:expr, $now:expr) => {{
        let (job, now): (&$crate::db::jobs::NewJob<'_>, $crate::clock::Timestamp) = ($job, $now);
        sqlx::query($crate::db::jobs::ASK)
            .bind(job.id)
            .bind(job.tenant_id)
            .bind(job.kind)
            .bind(job.subject)
            .bind(job.run_at.as_millis())
            .bind(now.as_millis())
            .execute($to)
            .await
            .map(drop)
    }};
}

/// Asks for a job. One that waits already is brought forward, and one that runs will run once more: whoever asks may rely
/// on a run that begins later than now.
///
/// # Errors
/// When the database fails.
pub async fn insert_across_tenants(db: &Db, job: &NewJob<'_>, now: Timestamp) -> Result<()> {
    on_write!(db, pool => ask_job!(pool, job, now))?;
    Ok(())
}

/// Claims up to `most` jobs that are due, or whose lease ended, until `until`. No job is given to two claimants.
///
/// # Errors
/// When the database fails.
pub async fn claim_across_tenants(
    db: &Db,
    lease: &str,
    most: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Job>> {
    // PostgreSQL passes over what another process is claiming at this moment; SQLite has one writer.
    let sql = |lock: &str| {
        sqlx::AssertSqlSafe(format!(
            "UPDATE jobs SET state = 'running', lease = $1, lease_until = $4, attempts = attempts + 1
            WHERE id IN (SELECT id FROM jobs
                WHERE state = 'ready' AND run_at <= $3 OR state = 'running' AND lease_until <= $3
                ORDER BY run_at, id LIMIT $2 {lock})
            RETURNING id, tenant_id, kind, subject, attempts, run_at"
        ))
    };
    let lock = if matches!(db, Db::Postgres(_)) { "FOR UPDATE SKIP LOCKED" } else { "" };
    let mut jobs: Vec<Job> = on_write!(db, pool => sqlx::query_as(sql(lock)).bind(lease).bind(most).bind(now.as_millis())
        .bind(until.as_millis()).fetch_all(pool).await)?;
    jobs.sort_by(|a, b| (a.run_at, &a.id).cmp(&(b.run_at, &b.id)));
    Ok(jobs)
}

/// Holds the lease of a job for longer. `false` when it was lost: somebody else may run the job now.
///
/// # Errors
/// When the database fails.
pub async fn update_lease_across_tenants(db: &Db, job: &Job, lease: &str, until: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE jobs SET lease_until = $3
        WHERE id = $1 AND lease = $2 AND attempts = $4 AND state = 'running'";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(&job.id).bind(lease).bind(until.as_millis())
        .bind(job.attempts)
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Records that a job was done; one that was asked for anew meanwhile is due again. `false` when the lease was lost.
///
/// # Errors
/// When the database fails.
pub async fn mark_done_across_tenants(db: &Db, job: &Job, lease: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE jobs SET state = CASE WHEN run_at = $3 THEN 'done' ELSE 'ready' END,
            finished_at = CASE WHEN run_at = $3 THEN $4 ELSE NULL END,
            attempts = CASE WHEN run_at = $3 THEN attempts ELSE 0 END, lease = NULL, lease_until = NULL, problem = NULL
        WHERE id = $1 AND lease = $2 AND attempts = $5 AND state = 'running'";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(&job.id).bind(lease).bind(job.run_at).bind(now.as_millis())
        .bind(job.attempts).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Records that a job has to be tried again at `run_at`, with the explanation as JSON; at once when it was asked for anew
/// meanwhile. `false` when the lease was lost.
///
/// # Errors
/// When the database fails.
pub async fn mark_ready_across_tenants(
    db: &Db,
    job: &Job,
    lease: &str,
    problem: &str,
    run_at: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE jobs SET state = 'ready', lease = NULL, lease_until = NULL, problem = $4,
            attempts = CASE WHEN run_at = $3 THEN attempts ELSE 0 END,
            run_at = CASE WHEN run_at = $3 THEN $5 ELSE run_at END
        WHERE id = $1 AND lease = $2 AND attempts = $6 AND state = 'running'";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(&job.id).bind(lease).bind(job.run_at).bind(problem)
        .bind(run_at.as_millis()).bind(job.attempts).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Gives a job up, with the explanation as JSON; one that was asked for anew meanwhile is due again. `false` when it is not given
/// up: for that reason, or because the lease was lost.
///
/// # Errors
/// When the database fails.
pub async fn mark_dead_across_tenants(db: &Db, job: &Job, lease: &str, problem: &str, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE jobs SET state = CASE WHEN run_at = $3 THEN 'dead' ELSE 'ready' END,
            finished_at = CASE WHEN run_at = $3 THEN $5 END,
            attempts = CASE WHEN run_at = $3 THEN attempts ELSE 0 END, lease = NULL, lease_until = NULL, problem = $4
        WHERE id = $1 AND lease = $2 AND attempts = $6 AND state = 'running' RETURNING state";
    let state: Option<String> = on_write!(db, pool => sqlx::query_scalar(SQL).bind(&job.id).bind(lease).bind(job.run_at)
        .bind(problem).bind(now.as_millis()).bind(job.attempts).fetch_optional(pool).await)?;
    Ok(state.as_deref() == Some("dead"))
}

/// Gives back every job that is held under `lease`, as if it had not been begun. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn release_across_tenants(db: &Db, lease: &str) -> Result<u64> {
    const SQL: &str = "UPDATE jobs SET state = 'ready', lease = NULL, lease_until = NULL, attempts = attempts - 1
        WHERE lease = $1 AND state = 'running'";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(lease).execute(pool).await.map(|done| done.rows_affected()))?)
}

/// Tries a dead job again, from the beginning. `false` when it is not dead, or another of its kind and subject waits.
///
/// # Errors
/// When the database fails.
pub async fn replay_across_tenants(db: &Db, id: &JobId, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE jobs SET state = 'ready', attempts = 0, run_at = $2, finished_at = NULL, problem = NULL
        WHERE id = $1 AND state = 'dead' AND NOT EXISTS (SELECT 1 FROM jobs other
            WHERE other.kind = jobs.kind AND other.subject = jobs.subject AND other.state IN ('ready', 'running'))";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(id).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// The jobs that were given up, latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_dead_across_tenants(db: &Db, limit: i64) -> Result<Vec<DeadJob>> {
    const SQL: &str = "SELECT id, tenant_id, kind, subject, attempts, problem, finished_at FROM jobs
        WHERE state = 'dead' ORDER BY finished_at DESC, id DESC LIMIT $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(limit).fetch_all(pool).await)?)
}

/// How many jobs wait or run.
///
/// # Errors
/// When the database fails.
pub async fn count_unfinished_across_tenants(db: &Db) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM jobs WHERE state IN ('ready', 'running')";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
}

/// Removes jobs that were done before `done` or given up before `dead`, at most 5,000.
///
/// # Errors
/// When the database fails.
pub async fn delete_finished_across_tenants(db: &Db, done: Timestamp, dead: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs
        WHERE state = 'done' AND finished_at < $1 OR state = 'dead' AND finished_at < $2 ORDER BY id LIMIT 5000)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(done.as_millis()).bind(dead.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?)
}
