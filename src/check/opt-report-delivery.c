/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A test message, for other programs and for somebody who helps. The keys are part of the product's
 * interface. */
#include "opt-report.h"

#include "opt-delivery-text.h"

static const char *const result_names[] = {
  [OPT_DELIVERY_NONE] = "none",           [OPT_DELIVERY_ARRIVED] = "arrived",
  [OPT_DELIVERY_NOT_YET] = "not-yet",     [OPT_DELIVERY_NOT_SENT] = "not-sent",
  [OPT_DELIVERY_CANCELLED] = "cancelled",
};

static void
set_ms (JsonObject *object, const char *name, gint64 time_us)
{
  if (time_us >= 0)
    json_object_set_int_member (object, name, (time_us + 500) / 1000);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
create_problem (OptDelivery *delivery)
{
  OptDiagnosis diagnosis;
  const OptEvidence *evidence = opt_delivery_get_problem (delivery, &diagnosis);
  JsonObject *problem;

  if (evidence == NULL)
    return NULL;

  problem = json_object_new ();
  json_object_set_string_member (problem,
                                 "service",
                                 opt_service_to_string (opt_server_get_service (evidence->server)));
  json_object_set_string_member (problem, "host", opt_server_get_host (evidence->server));
  json_object_set_string_member (problem, "diagnosis", opt_diagnosis_to_string (diagnosis));

  return problem;
}

static void
set_arrival (JsonObject *object, OptDelivery *delivery, const OptArrival *arrival)
{
  JsonArray *servers = json_array_new ();

  for (guint i = 0; arrival->servers[i] != NULL; i++)
    json_array_add_string_element (servers, arrival->servers[i]);
  json_object_set_array_member (object, "servers", servers);
  json_object_set_boolean_member (object, "in_junk", opt_delivery_is_in_junk (delivery));
  json_object_set_boolean_member (object, "marked_junk", arrival->marked_junk);
  if (arrival->subject != NULL)
    json_object_set_string_member (object, "changed_subject", arrival->subject);
  else
    json_object_set_null_member (object, "changed_subject");
}

void
opt_report_add_delivery (JsonNode *root, OptDelivery *delivery)
{
  JsonObject *object;
  JsonObject *problem;
  const OptArrival *arrival;

  g_return_if_fail (root != NULL && JSON_NODE_HOLDS_OBJECT (root));
  g_return_if_fail (OPT_IS_DELIVERY (delivery));

  object = json_object_new ();
  json_object_set_string_member (object,
                                 "result",
                                 result_names[opt_delivery_get_result (delivery)]);
  json_object_set_string_member (object, "id", opt_delivery_get_message (delivery)->id);
  json_object_set_string_member (object,
                                 "via",
                                 opt_service_to_string (opt_delivery_get_via (delivery)));
  set_ms (object, "accepted_ms", opt_delivery_get_accepted_us (delivery));
  set_ms (object, "arrived_ms", opt_delivery_get_arrived_us (delivery));
  arrival = opt_delivery_get_arrival (delivery);
  if (arrival != NULL)
    set_arrival (object, delivery, arrival);
  json_object_set_boolean_member (object, "left", opt_delivery_is_left (delivery));
  problem = create_problem (delivery);
  if (problem != NULL)
    json_object_set_object_member (object, "problem", problem);
  else
    json_object_set_null_member (object, "problem");
  json_object_set_object_member (json_node_get_object (root), "delivery", object);
}

char *
opt_report_create_delivery_text (OptDelivery *delivery)
{
  g_autoptr (GPtrArray) transcripts = NULL;
  g_auto (GStrv) sentences = NULL;
  GString *text;

  g_return_val_if_fail (OPT_IS_DELIVERY (delivery), NULL);

  text = g_string_new ("\n");
  g_string_append_printf (text, "%s\n", opt_delivery_text_get_heading (delivery));
  sentences = opt_delivery_text_create_sentences (delivery);
  for (guint i = 0; sentences[i] != NULL; i++)
    g_string_append_printf (text, "  %s\n", sentences[i]);

  transcripts = opt_delivery_dup_transcripts (delivery);
  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (transcripts->pdata[i]);

      g_string_append_c (text, '\n');
      for (guint j = 0; j < lines->len; j++)
        g_string_append_printf (text, "  %s\n", (const char *) lines->pdata[j]);
    }

  return g_string_free (text, FALSE);
}
