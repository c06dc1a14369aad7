// The revisions of MLflow's schema from 3.0 to 3.18 in order, each with the names it adds (+) and takes away (-):
// tables, columns as table.column, indexes as #name. Recorded by stepping an empty file through every migration of MLflow 3.18.0.
import { REVISION_3_0 } from './schema-3-0.js';

/** The last revision of a release that is known: 3.0 and 3.1, 3.17, 3.18. */
export const RELEASED_HEADS: readonly string[] = [REVISION_3_0, 'dc11669786a5', 'f4a9b2c7d1e6'];

const STEPS = `
bda7b8c39065
cbc13b556ace +trace_info.client_request_id +trace_info.request_preview +trace_info.response_preview
770bee3ae1dd +assessments +#index_assessments_assessment_type +#index_assessments_last_updated_timestamp +#index_assessments_run_id_created_timestamp +#index_assessments_trace_id_created_timestamp
a1b2c3d4e5f6 +spans +#index_spans_experiment_id +#index_spans_experiment_id_duration +#index_spans_experiment_id_status_type +#index_spans_experiment_id_type_status
de4033877273 +entity_associations +#index_entity_associations_association_id +#index_entity_associations_reverse_lookup
1a0cddfcaa16 +webhook_events +webhooks +#idx_webhook_events_action +#idx_webhook_events_entity +#idx_webhook_events_entity_action +#idx_webhooks_name +#idx_webhooks_status
534353b11cbc +scorer_versions +scorers +#index_scorer_versions_scorer_id +#index_scorers_experiment_id_scorer_name
71994744cf8e +evaluation_dataset_records +evaluation_dataset_tags +evaluation_datasets +#index_evaluation_dataset_records_dataset_id +#index_evaluation_dataset_tags_dataset_id +#index_evaluation_datasets_created_time +#index_evaluation_datasets_name
3da73c924c2f +evaluation_dataset_records.outputs
bf29a5ff90ea +jobs +#index_jobs_function_status_creation_time
1bd49d398cd23 +endpoint_bindings +endpoint_model_mappings +endpoint_tags +endpoints +model_definitions +secrets +#index_endpoint_model_mappings_endpoint_id +#index_endpoint_model_mappings_model_definition_id +#index_endpoint_tags_endpoint_id +#index_model_definitions_provider +#index_model_definitions_secret_id +#prevent_secrets_aad_mutation +#unique_endpoint_model_mapping +#unique_endpoint_name +#unique_model_definition_name +#unique_secret_name
b7c8d9e0f1a2 +trace_metrics +#index_trace_metrics_request_id
5d2d30f0abce +jobs.job_name -jobs.function_fullname +#index_jobs_name_status_creation_time -#index_jobs_function_status_creation_time
c9d4e5f6a7b8 +endpoint_model_mappings.linkage_type +endpoint_model_mappings.fallback_order +endpoints.routing_strategy +endpoints.fallback_config_json +#unique_endpoint_model_linkage_mapping -#unique_endpoint_model_mapping
2c33131f4dae +online_scoring_configs
d3e4f5a6b7c8 +endpoint_bindings.display_name
d0e1f2a3b4c5 +endpoints.experiment_id +endpoints.usage_tracking
c8d9e0f1a2b3 +span_metrics +spans.dimension_attributes +#index_span_metrics_trace_id_span_id
1b5f0d9ad7c1 +workspaces +endpoints.workspace +evaluation_datasets.workspace +experiments.workspace +jobs.workspace +model_definitions.workspace +model_version_tags.workspace +model_versions.workspace +registered_model_aliases.workspace +registered_model_tags.workspace +registered_models.workspace +secrets.workspace +webhooks.workspace +#idx_endpoints_workspace +#idx_evaluation_datasets_workspace +#idx_experiments_workspace +#idx_experiments_workspace_creation_time +#idx_model_definitions_workspace +#idx_registered_models_workspace +#idx_secrets_workspace +#idx_webhooks_workspace -#unique_endpoint_name -#unique_model_definition_name -#unique_secret_name
e1f2a3b4c5d6 +budget_policies +#idx_budget_policies_workspace
76601a5f987d +issues +#index_issues_experiment_id +#index_issues_source_run_id +#index_issues_status
c3d6457b6d8a +jobs.status_details
a5b4c3d2e1f0 +#index_metrics_run_uuid_key_step
ae8bbe7743c9 +guardrail_configs +guardrails +#idx_guardrail_configs_endpoint_id +#idx_guardrail_configs_guardrail_id +#idx_guardrails_scorer +#idx_guardrails_workspace
7d34483879f0 +#idx_model_version_tags_workspace_name_version +#idx_registered_model_tags_workspace_name
da6fb0208061 +trace_info.db_payload_generation +workspaces.trace_archival_location +workspaces.trace_archival_retention
89d3d66ed43f +label_schemas +#index_label_schemas_experiment_id
b7e4c1a90f23 +review_queue_items +review_queue_label_schemas +review_queue_users +review_queues +#index_review_queue_items_item_id +#index_review_queue_items_queue_id_status +#index_review_queue_label_schemas_schema_id +#index_review_queue_users_user_id +#index_review_queues_experiment_id
a8b9c0d1e2f3 +mcp_access_endpoints +mcp_server_aliases +mcp_server_tags +mcp_server_version_tags +mcp_server_versions +mcp_servers +#idx_mcp_server_versions_latest +#ix_mcp_access_endpoints_alias +#ix_mcp_access_endpoints_server_name +#ix_mcp_access_endpoints_version
c1d2e3f4a5b6 +#index_spans_experiment_id_start_time -#index_spans_experiment_id
c3d9e7f1a2b4 +budget_policies.target_value +#idx_budget_policies_target_value
6f8d9c3b2a1e
1971f2d9a75b +#index_trace_info_timestamp_ms_request_id
17e22815139b
b7e2c1a4d9f3 +jobs.creator
75868b020152 +sql_assessment_daily_rollups +sql_span_cost_daily_rollups +sql_trace_metric_daily_rollups +sql_trace_rollup_rebuild_queue +assessments.experiment_id +assessments.trace_timestamp_ms +assessments.aggregate_value +assessments.is_numeric_value +spans.input_cost +spans.output_cost +spans.total_cost +spans.model_name +spans.model_provider -spans.dimension_attributes +trace_info.trace_name +trace_info.session_id +trace_info.input_tokens +trace_info.output_tokens +trace_info.total_tokens +trace_info.cache_read_input_tokens +trace_info.cache_creation_input_tokens +trace_info.cache_creation_input_tokens_above_1hr +trace_info.input_cost +trace_info.output_cost +trace_info.total_cost +#idx_assessment_rollups_lookup +#idx_assessments_exp_name_valid +#idx_assessments_exp_trace_ts +#idx_assessments_exp_trace_ts_name +#idx_span_cost_rollups_lookup +#idx_spans_cost_exp_time_cover +#idx_spans_cost_trace_time_cover +#idx_trace_rollups_lookup +#index_trace_info_experiment_id_session_id
dc11669786a5 +job_locks +scheduler_leases +jobs.executor_backend +jobs.lease_expires_at +jobs.status_message +jobs.progress +jobs.progress_updated_at +jobs.token_hash +jobs.scoped_permissions +jobs.next_attempt_at +#index_job_locks_job_id +#index_jobs_status_lease_expires_at
e7d1f4b2a9c6 +skill_aliases +skill_tags +skill_version_tags +skill_versions +skills +#ix_skill_versions_digest +#ix_skill_versions_latest_lookup
8b6ad64cb8f5 +issue_categories +issues.last_seen_timestamp +issues.last_updated_by +issues.metadata +#index_issue_categories_hash +#index_issues_experiment_last_seen +#index_issues_experiment_updated
f4a9b2c7d1e6
`;

interface RevisionStep {
  readonly revision: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The steps after 3.0, in order; parsed when needed. */
export function revisionSteps(): readonly RevisionStep[] {
  return STEPS.trim()
    .split('\n')
    .map((line) => {
      const [revision = '', ...changes] = line.split(' ');
      const named = (sign: string) => changes.filter((change) => change[0] === sign).map((change) => change.slice(1));
      return { revision, added: named('+'), removed: named('-') };
    });
}

/** True for every revision from 3.0 to the newest known: its tables are known, so it is safe to write. */
export function isKnownRevision(revision: string): boolean {
  return revision === REVISION_3_0 || (revision !== '' && STEPS.includes(`\n${revision}`));
}
