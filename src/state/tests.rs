//! Journeys through the model.
