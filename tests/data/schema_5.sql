CREATE INDEX ix_absence_member ON absence (member);
CREATE INDEX ix_application_project ON application (project);
CREATE INDEX ix_attachment_owner ON attachment (owner, owner_noun);
CREATE INDEX ix_attachment_sha256 ON attachment (sha256);
CREATE INDEX ix_budget_line_trip ON budget_line (trip);
CREATE INDEX ix_concern_investor ON concern (investor);
CREATE INDEX ix_concern_owner ON concern (owner);
CREATE INDEX ix_concern_project ON concern (project);
CREATE INDEX ix_concern_unit ON concern (unit);
CREATE INDEX ix_contact_investor ON contact (investor);
CREATE INDEX ix_county_fact_entry_sort_key ON county_fact_entry (sort_key, id);
CREATE INDEX ix_expense_expert ON expense (expert);
CREATE INDEX ix_expense_line ON expense (line);
CREATE INDEX ix_expense_member ON expense (member);
CREATE INDEX ix_expert_entry_sort_key ON expert_entry (sort_key, id);
CREATE INDEX ix_investor_entry_sort_key ON investor_entry (sort_key, id);
CREATE INDEX ix_investor_head_owner ON investor (head_owner);
CREATE INDEX ix_investor_owner ON investor (owner);
CREATE INDEX ix_investor_unit ON investor (unit);
CREATE INDEX ix_joint_unit_project ON joint_unit (project);
CREATE INDEX ix_joint_unit_unit ON joint_unit (unit);
CREATE INDEX ix_journal_batch ON journal (batch);
CREATE INDEX ix_journal_record ON journal (record);
CREATE INDEX ix_lead_entry_sort_key ON lead_entry (sort_key, id);
CREATE INDEX ix_lead_expert ON lead (expert);
CREATE INDEX ix_lead_investor ON lead (investor);
CREATE INDEX ix_lead_owner ON lead (owner);
CREATE INDEX ix_lead_project ON lead (project);
CREATE INDEX ix_leg_team ON leg (team);
CREATE INDEX ix_leg_trip ON leg (trip);
CREATE INDEX ix_lodging_limit_entry_sort_key ON lodging_limit_entry (sort_key, id);
CREATE INDEX ix_member_entry_sort_key ON member_entry (sort_key, id);
CREATE INDEX ix_member_unit ON member (unit);
CREATE INDEX ix_milestone_project ON milestone (project);
CREATE INDEX ix_pack_return_pack ON pack_return (pack);
CREATE INDEX ix_progress_project ON progress (project);
CREATE INDEX ix_progress_unit ON progress (unit);
CREATE INDEX ix_project_entry_sort_key ON project_entry (sort_key, id);
CREATE INDEX ix_project_first_report ON project (first_report);
CREATE INDEX ix_project_first_talk ON project (first_talk);
CREATE INDEX ix_project_lead ON project (lead);
CREATE INDEX ix_project_owner ON project (owner);
CREATE INDEX ix_project_sponsor ON project (sponsor);
CREATE INDEX ix_project_unit ON project (unit);
CREATE INDEX ix_receipt_project ON receipt (project);
CREATE INDEX ix_reception_car_reception ON reception_car (reception);
CREATE INDEX ix_reception_cost_reception ON reception_cost (reception);
CREATE INDEX ix_reception_entry_sort_key ON reception_entry (sort_key, id);
CREATE INDEX ix_reception_item_reception ON reception_item (reception);
CREATE INDEX ix_reception_meal_reception ON reception_meal (reception);
CREATE INDEX ix_reception_person_contact ON reception_person (contact);
CREATE INDEX ix_reception_person_member ON reception_person (member);
CREATE INDEX ix_reception_person_reception ON reception_person (reception);
CREATE INDEX ix_report_trip ON report (trip);
CREATE INDEX ix_road_trip ON road (trip);
CREATE INDEX ix_sending_unit_sending ON sending_unit (sending);
CREATE INDEX ix_sending_unit_unit ON sending_unit (unit);
CREATE INDEX ix_service_expert ON service (expert);
CREATE INDEX ix_service_project ON service (project);
CREATE INDEX ix_service_trip ON service (trip);
CREATE INDEX ix_stake_investor ON stake (investor);
CREATE INDEX ix_stake_project ON stake (project);
CREATE INDEX ix_team_trip ON team (trip);
CREATE INDEX ix_trip_entry_sort_key ON trip_entry (sort_key, id);
CREATE INDEX ix_unit_entry_sort_key ON unit_entry (sort_key, id);
CREATE INDEX ix_visit_investor ON visit (investor);
CREATE INDEX ix_visit_lead ON visit (lead);
CREATE INDEX ix_visit_next_owner ON visit (next_owner);
CREATE INDEX ix_visit_only_team ON visit (only_team);
CREATE INDEX ix_visit_project ON visit (project);
CREATE INDEX ix_visit_reception ON visit (reception);
CREATE INDEX ix_visit_team ON visit (team);
CREATE INDEX ix_visit_trip ON visit (trip);
CREATE INDEX ix_visit_unit ON visit (unit);
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	member INTEGER, 
	kind TEXT, 
	start TEXT, 
	"end" TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(member) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE allowance (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	item TEXT, 
	places TEXT, 
	amount INTEGER, 
	amount_currency TEXT, 
	official_car INTEGER, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE application (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	level TEXT, 
	"plan" TEXT, 
	applied_on TEXT, 
	result TEXT, 
	number TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	owner_noun TEXT, 
	owner INTEGER, 
	name TEXT, 
	media_type TEXT, 
	size INTEGER, 
	sha256 TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE batch (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	device INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	undoes INTEGER, 
	merged INTEGER, 
	PRIMARY KEY (id)
);
CREATE TABLE blob (
	hash TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (hash)
);
CREATE TABLE budget_line (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	trip INTEGER, 
	number INTEGER, 
	item TEXT, 
	basis TEXT, 
	planned INTEGER, 
	planned_currency TEXT, 
	actual INTEGER, 
	actual_currency TEXT, 
	reckoned INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE calendar_day (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	day TEXT, 
	kind TEXT, 
	name TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE concern (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	investor INTEGER, 
	need TEXT, 
	raised_on TEXT, 
	unit INTEGER, 
	owner INTEGER, 
	due TEXT, 
	answer TEXT, 
	solved_on TEXT, 
	satisfaction TEXT, 
	promised_days INTEGER, 
	actual_days INTEGER, 
	escorted INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(investor) REFERENCES investor (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE contact (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	investor INTEGER, 
	name TEXT, 
	gender TEXT, 
	post TEXT, 
	decides INTEGER, 
	mobile TEXT, 
	phone TEXT, 
	wechat TEXT, 
	email TEXT, 
	home_place TEXT, 
	birthday TEXT, 
	birthday_calendar TEXT, 
	school TEXT, 
	ethnicity TEXT, 
	languages TEXT, 
	diet TEXT, 
	smoke_drink_tea TEXT, 
	hobbies TEXT, 
	living_habits TEXT, 
	working_habits TEXT, 
	taboos TEXT, 
	note TEXT, 
	basis TEXT, 
	informed_on TEXT, 
	keep_until TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(investor) REFERENCES investor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE county_fact (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	topic TEXT, 
	heading TEXT, 
	text TEXT, 
	as_of TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE county_fact_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE county_fact_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'county_fact_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'county_fact_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'county_fact_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'county_fact_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE device (
	number INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	last_key INTEGER NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (place)
);
CREATE TABLE expense (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	line INTEGER, 
	member INTEGER, 
	expert INTEGER, 
	amount INTEGER, 
	amount_currency TEXT, 
	receipts TEXT, 
	reason TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(line) REFERENCES budget_line (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(member) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(expert) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE expert (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	employer TEXT, 
	post TEXT, 
	phone TEXT, 
	skills TEXT, 
	languages TEXT, 
	home_place TEXT, 
	school TEXT, 
	kind TEXT, 
	term TEXT, 
	public_servant INTEGER, 
	honours TEXT, 
	pay TEXT, 
	training TEXT, 
	available TEXT, 
	handed TEXT, 
	note TEXT, 
	lead_count INTEGER, 
	PRIMARY KEY (id)
);
CREATE TABLE expert_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE expert_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'expert_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'expert_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'expert_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'expert_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE fair_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	words TEXT, 
	article TEXT, 
	forbidden TEXT, 
	"instead" TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE follow_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	item TEXT, 
	value INTEGER, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE form (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	title TEXT, 
	library TEXT, 
	sheet TEXT, 
	first INTEGER, 
	last INTEGER, 
	columns TEXT, 
	cells TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE investor (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	short_name TEXT, 
	former_names TEXT, 
	credit_code TEXT, 
	subject_kind TEXT, 
	ownership TEXT, 
	honours TEXT, 
	industry TEXT, 
	sector TEXT, 
	chain TEXT, 
	chain_node TEXT, 
	place TEXT, 
	address TEXT, 
	point TEXT, 
	business TEXT, 
	founded TEXT, 
	registered_capital INTEGER, 
	registered_capital_currency TEXT, 
	paid_capital INTEGER, 
	paid_capital_currency TEXT, 
	revenue INTEGER, 
	revenue_currency TEXT, 
	tax_paid INTEGER, 
	tax_paid_currency TEXT, 
	staff INTEGER, 
	controller TEXT, 
	parent TEXT, 
	website TEXT, 
	condition TEXT, 
	plans TEXT, 
	needs TEXT, 
	local_ties TEXT, 
	dishonest INTEGER, 
	enforced INTEGER, 
	checked_on TEXT, 
	source TEXT, 
	level TEXT, 
	head_target INTEGER, 
	head_owner INTEGER, 
	unit INTEGER, 
	owner INTEGER, 
	tags TEXT, 
	note TEXT, 
	last_contact TEXT, 
	contact_count INTEGER, 
	next_step TEXT, 
	next_due TEXT, 
	open_projects INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(head_owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE investor_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE investor_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'investor_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'investor_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'investor_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'investor_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE joint_unit (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	unit INTEGER, 
	roles TEXT, 
	duty TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE journal (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch INTEGER NOT NULL, 
	noun TEXT NOT NULL, 
	record INTEGER NOT NULL, 
	op TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	origin INTEGER
);
CREATE TABLE lead (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	subject TEXT, 
	content TEXT, 
	channel TEXT, 
	provider TEXT, 
	expert INTEGER, 
	day TEXT, 
	kind TEXT, 
	chain TEXT, 
	place TEXT, 
	investor INTEGER, 
	project INTEGER, 
	credibility TEXT, 
	state TEXT, 
	owner INTEGER, 
	due TEXT, 
	published INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(expert) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(investor) REFERENCES investor (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE lead_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE lead_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'lead_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'lead_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'lead_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'lead_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE ledger (
	device INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	act TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	note TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (device, number)
);
CREATE TABLE leg (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	trip INTEGER, 
	team INTEGER, 
	day TEXT, 
	start INTEGER, 
	"end" INTEGER, 
	origin TEXT, 
	destination TEXT, 
	mode TEXT, 
	distance INTEGER, 
	ticket TEXT, 
	cost INTEGER, 
	cost_currency TEXT, 
	estimated INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(team) REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE lodging_limit (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	region TEXT, 
	places TEXT, 
	season TEXT, 
	first INTEGER, 
	first_currency TEXT, 
	second INTEGER, 
	second_currency TEXT, 
	third INTEGER, 
	third_currency TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE lodging_limit_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE lodging_limit_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'lodging_limit_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'lodging_limit_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'lodging_limit_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'lodging_limit_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE member (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	unit INTEGER, 
	name TEXT, 
	duty TEXT, 
	rank TEXT, 
	phone TEXT, 
	skills TEXT, 
	languages TEXT, 
	home_place TEXT, 
	school TEXT, 
	experience TEXT, 
	authority TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE member_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE member_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'member_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'member_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'member_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'member_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE milestone (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	step TEXT, 
	planned TEXT, 
	actual TEXT, 
	reached INTEGER, 
	who TEXT, 
	evidence TEXT, 
	reason TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE pack (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	holder TEXT, 
	since TEXT, 
	destination TEXT, 
	scope TEXT, 
	trips TEXT, 
	state TEXT, 
	records INTEGER, 
	code TEXT, 
	position INTEGER, 
	digest TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE pack_return (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	pack INTEGER, 
	file TEXT, 
	day TEXT, 
	people TEXT, 
	taken INTEGER, 
	digest TEXT, 
	batches TEXT, 
	twins TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(pack) REFERENCES pack (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE progress (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	month TEXT, 
	state TEXT, 
	problems TEXT, 
	help_wanted TEXT, 
	next_plan TEXT, 
	month_invested INTEGER, 
	month_invested_currency TEXT, 
	year_invested INTEGER, 
	year_invested_currency TEXT, 
	total_invested INTEGER, 
	total_invested_currency TEXT, 
	unit INTEGER, 
	filled_by TEXT, 
	checked_by TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE project (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	code TEXT, 
	stage TEXT, 
	kind TEXT, 
	construction TEXT, 
	chain TEXT, 
	chain_node TEXT, 
	industry TEXT, 
	marks TEXT, 
	policy_basis TEXT, 
	local_basis TEXT, 
	capital_basis TEXT, 
	content TEXT, 
	total INTEGER, 
	total_currency TEXT, 
	fixed INTEGER, 
	fixed_currency TEXT, 
	equipment INTEGER, 
	equipment_currency TEXT, 
	intended INTEGER, 
	intended_currency TEXT, 
	agreed INTEGER, 
	agreed_currency TEXT, 
	contracted INTEGER, 
	contracted_currency TEXT, 
	filed INTEGER, 
	filed_currency TEXT, 
	currency TEXT, 
	"foreign" INTEGER, 
	foreign_currency TEXT, 
	outside_province INTEGER, 
	outside_province_currency TEXT, 
	company TEXT, 
	company_code TEXT, 
	company_registered INTEGER, 
	company_registered_currency TEXT, 
	company_paid INTEGER, 
	company_paid_currency TEXT, 
	cooperation TEXT, 
	carrier TEXT, 
	land INTEGER, 
	plant INTEGER, 
	water INTEGER, 
	power INTEGER, 
	steam INTEGER, 
	gas INTEGER, 
	energy INTEGER, 
	land_quota TEXT, 
	energy_quota TEXT, 
	eia TEXT, 
	jobs INTEGER, 
	output INTEGER, 
	output_currency TEXT, 
	tax INTEGER, 
	tax_currency TEXT, 
	feasibility TEXT, 
	packaging TEXT, 
	pitch TEXT, 
	relevance INTEGER, 
	drive INTEGER, 
	size TEXT, 
	lead INTEGER, 
	first_talk INTEGER, 
	first_report INTEGER, 
	unit INTEGER, 
	owner INTEGER, 
	sponsor INTEGER, 
	sponsor_duty TEXT, 
	counted TEXT, 
	contract_number TEXT, 
	contract_kind TEXT, 
	signatories TEXT, 
	contract_due TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(lead) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(first_talk) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(first_report) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(sponsor) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE project_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE project_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'project_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'project_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'project_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'project_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE rate (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	currency TEXT, 
	day TEXT, 
	cny INTEGER, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE receipt (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	day TEXT, 
	amount INTEGER, 
	amount_currency TEXT, 
	source_area TEXT, 
	voucher TEXT, 
	number TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	kind TEXT, 
	start TEXT, 
	"end" TEXT, 
	from_unit TEXT, 
	investors TEXT, 
	purpose TEXT, 
	place TEXT, 
	host TEXT, 
	members TEXT, 
	letter_number TEXT, 
	letter_day TEXT, 
	letter_from TEXT, 
	state TEXT, 
	result TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE reception_car (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	reception INTEGER, 
	name TEXT, 
	model TEXT, 
	plate TEXT, 
	seats INTEGER, 
	driver TEXT, 
	phone TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception_cost (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	reception INTEGER, 
	account TEXT, 
	item TEXT, 
	basis TEXT, 
	planned INTEGER, 
	planned_currency TEXT, 
	allowed INTEGER, 
	allowed_currency TEXT, 
	actual INTEGER, 
	actual_currency TEXT, 
	receipt INTEGER, 
	reckoned INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE reception_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'reception_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'reception_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'reception_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'reception_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE reception_item (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	reception INTEGER, 
	day TEXT, 
	start INTEGER, 
	"end" INTEGER, 
	what TEXT, 
	place TEXT, 
	leader TEXT, 
	car TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception_meal (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	reception INTEGER, 
	day TEXT, 
	meal TEXT, 
	kind TEXT, 
	place TEXT, 
	guests INTEGER, 
	companions INTEGER, 
	per_head INTEGER, 
	per_head_currency TEXT, 
	alcohol INTEGER, 
	tobacco INTEGER, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception_person (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	reception INTEGER, 
	side TEXT, 
	name TEXT, 
	unit TEXT, 
	duty TEXT, 
	rank TEXT, 
	phone TEXT, 
	companion INTEGER, 
	car TEXT, 
	room_kind TEXT, 
	room TEXT, 
	check_in TEXT, 
	check_out TEXT, 
	contact INTEGER, 
	member INTEGER, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(contact) REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(member) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE reception_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	kind TEXT, 
	item TEXT, 
	value INTEGER, 
	unit TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE report (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	trip INTEGER, 
	name TEXT, 
	addressee TEXT, 
	overview TEXT, 
	visits TEXT, 
	outcome TEXT, 
	following TEXT, 
	cost TEXT, 
	lessons TEXT, 
	by_hand TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE road (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	trip INTEGER, 
	origin TEXT, 
	destination TEXT, 
	mode TEXT, 
	minutes INTEGER, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE seat_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	mode TEXT, 
	first TEXT, 
	second TEXT, 
	third TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE sending (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	title TEXT, 
	library TEXT, 
	day TEXT, 
	due TEXT, 
	"by" TEXT, 
	month TEXT, 
	columns TEXT, 
	fillable TEXT, 
	masked INTEGER, 
	line INTEGER, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE sending_unit (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	sending INTEGER, 
	name TEXT, 
	unit INTEGER, 
	contact TEXT, 
	phone TEXT, 
	state TEXT, 
	returned TEXT, 
	rows TEXT, 
	file TEXT, 
	digest TEXT, 
	remark TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(sending) REFERENCES sending (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE service (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	expert INTEGER, 
	day TEXT, 
	purpose TEXT, 
	trip INTEGER, 
	project INTEGER, 
	rating INTEGER, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(expert) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE stake (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	project INTEGER, 
	investor INTEGER, 
	role TEXT, 
	share INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(investor) REFERENCES investor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE target_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	item TEXT, 
	value INTEGER, 
	unit TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE team (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	trip INTEGER, 
	name TEXT, 
	mode TEXT, 
	official_car INTEGER, 
	members TEXT, 
	experts TEXT, 
	origin TEXT, 
	goal TEXT, 
	first_day TEXT, 
	last_day TEXT, 
	home_nights INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE travel_rule (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	item TEXT, 
	up_to INTEGER, 
	value INTEGER, 
	unit TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE trip (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	kind TEXT, 
	purpose TEXT, 
	chain TEXT, 
	start TEXT, 
	"end" TEXT, 
	base TEXT, 
	approval TEXT, 
	fund_limit INTEGER, 
	fund_limit_currency TEXT, 
	state TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE trip_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE trip_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'trip_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'trip_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'trip_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'trip_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE unit (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	name TEXT, 
	short_name TEXT, 
	kind TEXT, 
	category TEXT, 
	assessed INTEGER, 
	phone TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE unit_entry (
	id INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE unit_index USING fts5(words, initials, sounds, content='', prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'");
CREATE TABLE 'unit_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'unit_index_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'unit_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'unit_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE visit (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	removed TEXT, 
	raw TEXT, 
	investor INTEGER, 
	contacts TEXT, 
	project INTEGER, 
	trip INTEGER, 
	team INTEGER, 
	reception INTEGER, 
	state TEXT, 
	direction TEXT, 
	way TEXT, 
	day TEXT, 
	start INTEGER, 
	minutes INTEGER, 
	place TEXT, 
	address TEXT, 
	must INTEGER, 
	priority TEXT, 
	windows TEXT, 
	apart TEXT, 
	fixed INTEGER, 
	pinned INTEGER, 
	only_team INTEGER, 
	left_out TEXT, 
	members TEXT, 
	said TEXT, 
	intention TEXT, 
	result TEXT, 
	next_step TEXT, 
	next_due TEXT, 
	next_owner INTEGER, 
	next_done INTEGER, 
	next_done_on TEXT, 
	next_note TEXT, 
	lead INTEGER, 
	unplanned INTEGER, 
	reason TEXT, 
	unit INTEGER, 
	leader TEXT, 
	host_rank TEXT, 
	guests INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(investor) REFERENCES investor (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(trip) REFERENCES trip (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(team) REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(reception) REFERENCES reception (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(only_team) REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(next_owner) REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(lead) REFERENCES lead (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
